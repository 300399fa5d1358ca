import { UsageError } from '@fractura/command-line';

/** nnU-Net's choice of what computes. */
export const deviceOption = {
  device: { kind: 'string', describe: 'nnU-Net’s: cpu hides the GPUs', choices: ['cpu', 'cuda', 'mps'] },
} as const;

/**
 * The GPUs that may be used: none on `cpu`, else those that CUDA_VISIBLE_DEVICES names; undefined where it names none.
 *
 * @throws UsageError for `mps`.
 */
export function gpusOf(device: 'cpu' | 'cuda' | 'mps' | undefined): string[] | undefined {
  if (device === 'mps') {
    throw new UsageError('-device mps is not offered.', { remedy: 'Leave it out, or choose --engine webgpu.' });
  }
  if (device === 'cpu') {
    return [];
  }
  const gpus = (process.env.CUDA_VISIBLE_DEVICES ?? '').split(',').filter((gpu) => gpu.trim() !== '');
  return gpus.length > 0 ? gpus : undefined;
}
