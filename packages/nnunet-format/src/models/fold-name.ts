import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/** A fold's number from 0, or `all` for a training on every case. */
export type FoldName = number | 'all';

/** The name of a fold's folder in a model folder, such as `fold_0` or `fold_all`. */
export const foldFolder = (fold: FoldName): string => {
  checkArguments({ fold }, foldFolderArguments, NnunetFormatError);
  return `fold_${fold}`;
};

/** The fold that a folder of this name belongs to; undefined for other names. */
export function parseFoldFolder(name: string): FoldName | undefined {
  checkArguments({ name }, { name: rule.text }, NnunetFormatError);
  return name.startsWith('fold_') ? parseFoldName(name.slice('fold_'.length)) : undefined;
}

/** Reads `0` or `all`; undefined for other texts. */
export function parseFoldName(text: string): FoldName | undefined {
  checkArguments({ text }, { text: rule.anyText }, NnunetFormatError);
  if (text === 'all') {
    return text;
  }
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

const foldFolderArguments = { fold: rule.either(rule.oneOf(['all']), rule.number()) };
