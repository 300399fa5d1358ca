import { NnunetPlannerError } from '../errors.js';
import type { DatasetJson } from './dataset-json.js';

/** nnU-Net's readers that this package stands in for, with the file endings each takes, in nnU-Net's order. */
const readers: readonly (readonly [name: string, endings: readonly string[]])[] = [
  ['NaturalImage2DIO', ['.png', '.bmp', '.tif']],
  ['SimpleITKIO', ['.nii.gz']],
  ['NibabelIO', ['.nii']],
];

/**
 * The name of nnU-Net's class for the files of a data set, as plans record it.
 *
 * @throws NnunetPlannerError `reader-unknown`
 * @see reference/nnunet-v2/behaviour.md, section 1.5
 */
export function readerFor({ file_ending: ending, overwrite_image_reader_writer: given }: DatasetJson): string {
  const asked = given === 'None' ? undefined : given;
  const known = readers.find(
    ([name, endings]) => name === asked || (asked === undefined && endings.includes(ending.toLowerCase())),
  );
  if (known) return known[0];
  const byEnding = readers.find(([, endings]) => endings.includes(ending.toLowerCase()));
  // nnU-Net goes on with the ending where the class named is not known.
  if (byEnding) return byEnding[0];
  throw new NnunetPlannerError(`no reader takes files that end in ${ending}`, {
    code: 'reader-unknown',
    remedy: `Use one of ${readers.flatMap(([, endings]) => endings).join(', ')}; JPEG is lossy and not among them.`,
  });
}

/** Whether a reader takes pictures, whose spacing is 999, 1, 1 and written as whole numbers. */
export const readsPictures = (reader: string): boolean => reader === 'NaturalImage2DIO';
