import { join } from 'node:path';
import { segmenterFolder } from '@fractura/fracatlas-models';
import { foldFolder } from '@fractura/nnunet-format';
import type { StateDict } from '@fractura/tfjs-training';
import { readWeights } from '@fractura/tfjs-training/checkpoints';
import type { RunSettings } from '../settings/run-settings.js';

/** Before the names of the encoder's tensors in a segmenter's. */
const encoderPrefix = 'encoder.';

/**
 * What the classifiers begin with; undefined where they begin from scratch.
 *
 * @param encoderWeights file of the segmentation's pretrained weights, where it has any
 */
export async function readClassifierWeights(
  {
    classifierWeights,
    classifierNetwork,
    encoder,
  }: Pick<RunSettings, 'classifierWeights' | 'classifierNetwork' | 'encoder'>,
  encoderWeights: string | undefined,
): Promise<StateDict | undefined> {
  switch (classifierWeights) {
    case 'none':
      return undefined;
    case 'encoder':
      return encoderWeights === undefined || classifierNetwork !== encoder ? undefined : readWeights(encoderWeights);
    case 'segmenter':
      return readSegmenterEncoder();
  }
}

/** The encoder of the segmenter that comes with Fractura, by its published names. */
async function readSegmenterEncoder(): Promise<StateDict> {
  const weights = await readWeights(join(segmenterFolder(), foldFolder(0), 'checkpoint_final.safetensors'));
  return new Map(
    [...weights]
      .filter(([name]) => name.startsWith(encoderPrefix))
      .map(([name, tensor]) => [name.slice(encoderPrefix.length), tensor]),
  );
}
