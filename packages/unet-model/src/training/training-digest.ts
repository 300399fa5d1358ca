import { createHash, type Hash } from 'node:crypto';
import type { StateDict } from '@fractura/tfjs-training';
import type { PreprocessedCase } from '../data/preprocessed-case.js';

/**
 * SHA-256 of weights, by names, shapes and values, so that a training is not continued from others; null for none, which a
 * checkpoint's JSON keeps.
 */
export function digestOfWeights(weights: StateDict | undefined): string | null {
  if (!weights) {
    return null;
  }
  const hash = createHash('sha256');
  for (const [name, { shape, data }] of [...weights].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name} ${shape.join()}\n`);
    hash.update(Float32Array.from(data, Number));
  }
  return hash.digest('hex');
}

/** SHA-256 of the cases of both parts of a split, by identifiers, images, labels and those of a cascade's previous stage. */
export function digestOfCases(train: readonly PreprocessedCase[], validation: readonly PreprocessedCase[]): string {
  const hash = createHash('sha256');
  for (const [part, cases] of Object.entries({ train, validation })) {
    for (const { id, data, shape, segmentation, previousStage } of cases) {
      hash.update(`${part} ${id} ${shape.join()}\n`);
      hashNumbers(hash, data);
      hashNumbers(hash, Int16Array.from(segmentation));
      if (previousStage) {
        hashNumbers(hash, Int16Array.from(previousStage));
      }
    }
  }
  return hash.digest('hex');
}

/** A view, since a hash does not read memory that threads share. */
function hashNumbers(hash: Hash, { buffer, byteOffset, byteLength }: Float32Array | Int16Array): void {
  hash.update(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength));
}
