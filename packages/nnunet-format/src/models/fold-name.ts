/** A fold's number from 0, or `all` for a training on every case. */
export type FoldName = number | 'all';

/** The name of a fold's folder in a model folder, such as `fold_0` or `fold_all`. */
export const foldFolder = (fold: FoldName): string => `fold_${fold}`;

/** The fold that a folder of this name belongs to; undefined for other names. */
export function parseFoldFolder(name: string): FoldName | undefined {
  return name.startsWith('fold_') ? parseFoldName(name.slice('fold_'.length)) : undefined;
}

/** Reads `0` or `all`; undefined for other texts. */
export function parseFoldName(text: string): FoldName | undefined {
  if (text === 'all') {
    return text;
  }
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
