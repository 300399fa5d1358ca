import { writeFileBeside } from '@fractura/array-files';
import type { CocoFile } from './coco-file.js';

/** Writes a COCO file as JSON, beside its place and renamed. @throws ArrayFilesError `file-unwritable` */
export const writeCoco = (path: string, coco: CocoFile): Promise<void> =>
  writeFileBeside(path, `${JSON.stringify(coco, undefined, 4)}\n`);
