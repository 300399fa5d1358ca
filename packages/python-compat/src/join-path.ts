/** A path as Python's `os.path.join` writes it, which nnU-Net records: nothing of the folder's spelling is tidied up. */
export const joinPath = (folder: string, name: string): string =>
  folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`;
