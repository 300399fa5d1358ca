import { dirname } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';

/** Writes a text file that describes a data set or a model, and makes its folder. @throws ArrayFilesError `file-unwritable` */
export async function writeDescription(file: string, text: string): Promise<void> {
  await makeFolder(dirname(file));
  await writeFileBeside(file, text);
}
