import { basename } from 'node:path';
import { readCoco } from '@fractura/coco';
import { FracturaError } from '@fractura/errors';
import { readDatasetJson, readFingerprint, readPlans, readSplits, readSummary } from '@fractura/nnunet-format';
import { readRadiograph } from '@fractura/radiograph';
import { readSafetensors, readStateDict } from '@fractura/torch-weights';
import { readNifti, readNpy, readNpz } from '@fractura/volume-io';

/** Reads the file that the command names, and writes what came of it and the process's peak of memory as JSON. */
const [, , file] = process.argv;

/** By how the file's name begins, then by its ending. */
const readers: [RegExp, (file: string) => Promise<unknown>][] = [
  [/^plans.*\.json$/, readPlans],
  [/^dataset.*\.json$/, readDatasetJson],
  [/^splits.*\.json$/, readSplits],
  [/^fingerprint.*\.json$/, readFingerprint],
  [/^summary.*\.json$/, readSummary],
  [/\.json$/, (path) => readCoco(path, { onFlaw: () => undefined })],
  [/\.npz$/, (path) => readNpz(path)],
  [/\.npy$/, (path) => readNpy(path)],
  [/\.safetensors$/, (path) => readSafetensors(path)],
  [/\.pth$/, (path) => readStateDict(path)],
  [/\.nii\.gz$/, (path) => readNifti(path)],
  [/./, readRadiograph],
];

const read = readers.find(([pattern]) => pattern.test(basename(file)))![1];
const outcome = await read(file).then(
  () => 'read',
  (error: unknown) => {
    if (FracturaError.isInstance(error)) {
      return error.code;
    }
    throw error;
  },
);
console.log(JSON.stringify({ outcome, peakMiB: process.resourceUsage().maxRSS / 1024 }));
