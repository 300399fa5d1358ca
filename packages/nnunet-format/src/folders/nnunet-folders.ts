import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/** nnU-Net's three base folders, as far as they are known. */
export interface NnunetFolders {
  /** Of raw data sets. */
  raw?: string | undefined;
  /** Of preprocessed data sets. */
  preprocessed?: string | undefined;
  /** Of trained models. */
  results?: string | undefined;
}

export type FolderKind = keyof NnunetFolders;

/** The variables of the environment that name them. */
const variables = { raw: 'nnUNet_raw', preprocessed: 'nnUNet_preprocessed', results: 'nnUNet_results' } as const;

/** The names of those variables. */
export const nnunetVariables: readonly string[] = Object.values(variables);

/**
 * nnU-Net's folders: those given, else those that the variables of an environment name.
 *
 * @param environment such as `process.env`; commands pass it, libraries do not read it.
 * @see nnU-Net: nnunetv2/paths.py
 */
export function nnunetFoldersOf(
  environment: Readonly<Record<string, string | undefined>>,
  given: NnunetFolders = {},
): NnunetFolders {
  checkArguments({ environment, given }, nnunetFoldersOfArguments, NnunetFormatError);
  return {
    raw: given.raw ?? environment[variables.raw],
    preprocessed: given.preprocessed ?? environment[variables.preprocessed],
    results: given.results ?? environment[variables.results],
  };
}

/**
 * One of nnU-Net's folders.
 *
 * @throws NnunetFormatError `folder-unknown`
 */
export function nnunetFolder(kind: FolderKind, folders: NnunetFolders): string {
  checkArguments({ kind, folders }, nnunetFolderArguments, NnunetFormatError);
  const folder = folders[kind];
  if (folder !== undefined && folder !== '') {
    return folder;
  }
  throw new NnunetFormatError(`The folder ${variables[kind]} is not known.`, {
    code: 'folder-unknown',
    remedy: `Give --${kind} DIR, or set the variable ${variables[kind]}.`,
  });
}

/** What {@link NnunetFolders} must be. */
export const nnunetFoldersRule = rule.fields({
  raw: rule.optional(rule.anyText),
  preprocessed: rule.optional(rule.anyText),
  results: rule.optional(rule.anyText),
});

const nnunetFolderArguments = { kind: rule.oneOf(['raw', 'preprocessed', 'results']), folders: nnunetFoldersRule };

const nnunetFoldersOfArguments = { environment: rule.tableOf(rule.optional(rule.anyText)), given: nnunetFoldersRule };
