import { readNpz } from '@fractura/volume-io';
import { NnunetError } from '../errors.js';

/**
 * The mean of probabilities in several `.npz` files, in float32 as nnU-Net averages: summed file by file, then divided.
 *
 * @returns the mean and its shape `[classes, z, y, x]`
 * @throws NnunetError `probabilities-invalid` where a file has none, or of another shape than the first.
 * @see nnU-Net: nnunetv2/ensembling/ensemble.py, average_probabilities
 */
export async function meanOfProbabilities(
  files: readonly string[],
  signal: AbortSignal,
): Promise<{ mean: Float32Array; shape: number[] }> {
  const [first, ...others] = files;
  const { data: sum, shape } = await readProbabilities(first, signal);
  for (const file of others) {
    const added = await readProbabilities(file, signal);
    if (added.shape.join() !== shape.join()) {
      throw invalid(file, `has probabilities of ${added.shape.join(' x ')}, ${first} of ${shape.join(' x ')}`);
    }
    for (let i = 0; i < sum.length; i += 1) {
      sum[i] += added.data[i];
    }
  }
  return { mean: sum.map((value) => value / files.length), shape };
}

async function readProbabilities(file: string, signal: AbortSignal): Promise<{ data: Float32Array; shape: number[] }> {
  const arrays = await readNpz(file, { signal, filter: (name) => name === 'probabilities' });
  const array = arrays.get('probabilities');
  if (array?.shape.length !== 4) {
    throw invalid(file, 'holds no probabilities (classes, z, y, x)');
  }
  return { data: Float32Array.from(array.data as Float32Array), shape: array.shape };
}

const invalid = (file: string, what: string) =>
  new NnunetError(`${file} ${what}.`, {
    code: 'probabilities-invalid',
    remedy: 'Predict the same cases with --save-probabilities.',
  });
