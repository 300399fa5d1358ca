/** The options that name nnU-Net's folders. */
export const folderOptions = {
  raw: { kind: 'string', describe: 'folder of raw data sets (default: the variable nnUNet_raw)' },
  preprocessed: { kind: 'string', describe: 'folder of preprocessed data sets (default: nnUNet_preprocessed)' },
  results: { kind: 'string', describe: 'folder of results (default: the variable nnUNet_results)' },
} as const;
