import { checkArguments, rule } from '@fractura/errors';
import { writeFileBeside } from '@fractura/array-files';
import { type CocoFile, cocoFileRule } from './coco-file.js';
import { CocoError } from '../errors.js';

/** Writes a COCO file as JSON, beside its place and renamed. @throws ArrayFilesError `file-unwritable` */
export const writeCoco = (path: string, coco: CocoFile): Promise<void> => {
  checkArguments({ path, coco }, { path: rule.text, coco: cocoFileRule }, CocoError);
  return writeFileBeside(path, `${JSON.stringify(coco, undefined, 4)}\n`);
};
