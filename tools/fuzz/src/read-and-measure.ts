import { readCoco } from '@fractura/coco';
import { FracturaError } from '@fractura/errors';
import { readRadiograph } from '@fractura/radiograph';
import { readNifti, readNpz } from '@fractura/volume-io';

/** Reads the file that the command names, and writes what came of it and the process's peak of memory as JSON. */
const [, , file] = process.argv;

function read(): Promise<unknown> {
  if (file.endsWith('.json')) {
    return readCoco(file, { onFlaw: () => undefined });
  }
  if (file.endsWith('.npz')) {
    return readNpz(file);
  }
  return file.endsWith('.nii.gz') ? readNifti(file) : readRadiograph(file);
}

const outcome = await read().then(
  () => 'read',
  (error: unknown) => {
    if (FracturaError.isInstance(error)) {
      return error.code;
    }
    throw error;
  },
);
console.log(JSON.stringify({ outcome, peakMiB: process.resourceUsage().maxRSS / 1024 }));
