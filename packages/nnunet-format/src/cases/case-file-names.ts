import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/** The name of the file of one channel of a case, such as `wrist_0000.png`. */
export const channelFileName = (id: string, channel: number, ending: string): string => {
  checkArguments({ id, channel, ending }, channelFileNameArguments, NnunetFormatError);
  return `${id}_${String(channel).padStart(4, '0')}${ending}`;
};

/**
 * The case and channel of an image file by its name, CASE_CCCC and the ending of the data set; undefined for other and
 * hidden names.
 *
 * @see nnU-Net: nnunetv2/utilities/utils.py, get_identifiers_from_splitted_dataset_folder
 */
export function parseChannelFileName(name: string, ending: string): { id: string; channel: number } | undefined {
  checkArguments({ name, ending }, { name: rule.text, ending: rule.anyText }, NnunetFormatError);
  if (!name.endsWith(ending) || name.startsWith('.')) {
    return undefined;
  }
  const [, id, channel] = /^(.*)_(\d{4})$/s.exec(name.slice(0, name.length - ending.length)) ?? [];
  return id === undefined ? undefined : { id, channel: Number(channel) };
}

/** The files of one case, one for each channel. */
export interface CaseFiles {
  id: string;
  /** Names, sorted. */
  files: string[];
}

/**
 * Groups the names of a folder's image files by case; other names are left out.
 *
 * @returns cases in the order of their first files, names sorted by code unit.
 * @see nnU-Net: nnunetv2/utilities/utils.py, create_lists_from_splitted_dataset_folder
 */
export function groupChannelFiles(names: readonly string[], ending: string): CaseFiles[] {
  checkArguments({ names, ending }, groupChannelFilesArguments, NnunetFormatError);
  const cases = new Map<string, string[]>();
  for (const name of [...names].sort()) {
    const parsed = parseChannelFileName(name, ending);
    if (parsed) {
      cases.set(parsed.id, [...(cases.get(parsed.id) ?? []), name]);
    }
  }
  return [...cases].map(([id, files]) => ({ id, files }));
}

const channelFileNameArguments = { id: rule.anyText, channel: rule.number(), ending: rule.anyText };

const groupChannelFilesArguments = { names: rule.listOf(rule.anyText), ending: rule.anyText };
