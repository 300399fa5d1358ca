import { type DatasetJson, type ReaderName, readerNames } from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';
import { readVolumeFile } from './read-volume-file.js';

/** Which readers take which endings, in the order in which nnU-Net tries them. */
const readersByEnding: readonly (readonly [name: ReaderName, endings: readonly string[]])[] = [
  ['NaturalImage2DIO', ['.png', '.bmp', '.tif']],
  ['SimpleITKIO', ['.nii.gz']],
  ['Tiff3DIO', ['.tif', '.tiff']],
  ['NibabelIO', ['.nii', '.nii.gz']],
];

const isReader = (name: string): name is ReaderName => (readerNames as readonly string[]).includes(name);

/** The readers that take files of an ending, in nnU-Net's order. */
function readersOf(ending: string): ReaderName[] {
  return readersByEnding.flatMap(([name, endings]) => (endings.includes(ending.toLowerCase()) ? [name] : []));
}

/**
 * The name of nnU-Net's class for the files of a data set, as plans record it: the one that dataset.json names, else the
 * first for the ending that can read the example.
 *
 * @param example file of the data set; needed only for endings that several readers take.
 * @throws NnunetPlannerError `reader-unknown`
 * @see nnU-Net: nnunetv2/imageio/reader_writer_registry.py,
 *   determine_reader_writer_from_dataset_json
 */
export async function readerFor(
  { file_ending: ending, overwrite_image_reader_writer: asked }: DatasetJson,
  example?: string,
): Promise<ReaderName> {
  // nnU-Net goes on with the ending where the class named is not known.
  if (asked !== undefined && isReader(asked)) {
    return asked;
  }
  const [first, ...others] = readersOf(ending);
  if (first === undefined) {
    const known = [...new Set(readersByEnding.flatMap(([, endings]) => endings))];
    throw new NnunetPlannerError(`No reader takes files that end in ${ending}.`, {
      code: 'reader-unknown',
      remedy: /^\.jpe?g$/i.test(ending)
        ? 'JPEG loses information, so that nnU-Net does not take it: convert images and labels to PNG, and set file_ending.'
        : `Use one of ${known.join(', ')}, and set file_ending.`,
    });
  }
  if (ending.toLowerCase() !== '.tif' || example === undefined) {
    return first;
  }
  for (const reader of [first, ...others]) {
    if (await canRead(example, reader)) {
      return reader;
    }
  }
  return first;
}

/** The reader for one file of which nothing but its name is known. */
export async function readerOfFile(file: string): Promise<ReaderName> {
  const endings = [...new Set(readersByEnding.flatMap(([, all]) => all))].sort((a, b) => b.length - a.length);
  const ending = endings.find((one) => file.toLowerCase().endsWith(one)) ?? '.nii';
  return readerFor({ file_ending: ending } as DatasetJson, file);
}

async function canRead(file: string, reader: ReaderName): Promise<boolean> {
  try {
    await readVolumeFile(file, reader);
    return true;
  } catch {
    return false;
  }
}

/** The reader that plans name. @throws NnunetPlannerError `reader-unknown` */
export function knownReader(name: string): ReaderName {
  if (isReader(name)) {
    return name;
  }
  throw new NnunetPlannerError(`The reader ${name} is not known.`, {
    code: 'reader-unknown',
    remedy: `Known are ${readerNames.join(', ')}.`,
  });
}
