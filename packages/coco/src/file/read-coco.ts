import { readTextFile, type ArrayFilesError } from '@fractura/array-files';
import { checkArguments, reasonOf, rule } from '@fractura/errors';
import { parsePythonJson } from '@fractura/python-compat';
import { CocoError } from '../errors.js';
import { checkCoco } from './check-coco.js';
import type { CocoFile } from './coco-file.js';
import { describeFlaw, type CocoFlaw } from './coco-flaw.js';

/**
 * Reads and checks a COCO instance file: every image, annotation and category has what is needed, ids of images and categories
 * are unique, references lead somewhere, file names stay below the folder of images, and segmentations can be drawn. Numbers
 * may be NaN, as Python writes it, and ids may be texts of digits.
 *
 * @param options `onFlaw` decides what is done about flaws that leave the rest of the file usable: outlines that cannot be drawn,
 *   boxes and areas that are not numbers, images listed twice. It is called for each; without it the first ends the reading.
 * @returns images, annotations and categories in the file's order; an annotation has no segmentation, box or area where the file
 *   has none or a flawed one.
 * @throws CocoError `file-missing`, `file-unreadable`, `file-too-large` (512 MiB), `json-invalid`, `coco-invalid`
 */
export async function readCoco(path: string, options: { onFlaw?: (flaw: CocoFlaw) => void } = {}): Promise<CocoFile> {
  checkArguments({ path, options }, readCocoArguments, CocoError);
  const { onFlaw = refuseFlaw(path) } = options;
  const text = await readTextFile(path, { remedy: splitRemedy }).catch((cause: unknown) => {
    const { code, remedy } = cause as ArrayFilesError;
    throw new CocoError(`The COCO file ${path} cannot be read: ${reasonOf(cause)}.`, {
      code: code === 'file-not-found' ? 'file-missing' : code === 'too-large' ? 'file-too-large' : 'file-unreadable',
      remedy: code === 'too-large' ? remedy : 'Name the COCO JSON file.',
      cause,
    });
  });
  let value: unknown;
  try {
    value = parsePythonJson(text);
  } catch (cause) {
    throw new CocoError(`The COCO file ${path} is not valid JSON: ${reasonOf(cause)}.`, {
      code: 'json-invalid',
      remedy: 'Export the annotations again, or restore the file from its source.',
      cause,
    });
  }
  return checkCoco(value, path, onFlaw);
}

/** A text of Node has 512 MiB at most. */
const splitRemedy =
  'Split the annotations by images into several COCO files and convert each into a data set of its own, ' +
  'or write the file smaller: without indentation, with coordinates of two decimals, with compressed run-length masks.';

const refuseFlaw = (path: string) => (flaw: CocoFlaw) => {
  throw new CocoError(`The COCO file ${path} has a flaw. ${describeFlaw(flaw)}`, {
    code: 'coco-invalid',
    remedy: flaw.remedy,
  });
};

const readCocoArguments = { path: rule.text, options: rule.fields({ onFlaw: rule.optional(rule.callback) }) };
