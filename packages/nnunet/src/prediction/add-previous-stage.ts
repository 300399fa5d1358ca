import { readLabels, type DatasetJson } from '@fractura/nnunet-format';
import { appendOneHot } from '@fractura/unet-model';

/** A preprocessed image `[channels, z, y, x]`. */
interface NetworkInput {
  data: Float32Array;
  shape: readonly number[];
}

/** Appends the previous stage's labels `[z, y, x]` to an image, one channel for each foreground label, as a cascade takes them. */
export function addPreviousStage(
  { data, shape }: NetworkInput,
  previousStage: ArrayLike<number>,
  datasetJson: DatasetJson,
): NetworkInput {
  const { foregroundLabels } = readLabels(datasetJson);
  const [channels, ...size] = shape;
  return {
    data: appendOneHot(data, previousStage, foregroundLabels),
    shape: [channels + foregroundLabels.length, ...size],
  };
}
