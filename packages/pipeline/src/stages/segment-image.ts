import { readRadiograph } from '@fractura/radiograph';
import { exportPrediction, preprocessImage } from '@fractura/nnunet-planner';
import { type DatasetJson, type Plans } from '@fractura/nnunet-format';
import { predictLogits, type Unet } from '@fractura/unet-model';
import { runConfiguration } from '../run/run-paths.js';

/** The spacing of the converted files, which have one slice and an identity affine. */
const spacingOfCases = [1, 1, 1];

/** Plans, labels and sizes that prediction needs. */
export interface SegmentationModel {
  plans: Plans;
  datasetJson: DatasetJson;
  /** Width and height to which a radiograph is brought first, as at the conversion. */
  size: number;
  mirroring: boolean;
}

/** A radiograph made ready for the network, and what it takes to bring predictions back to its frame. */
export type PreparedImage = Awaited<ReturnType<typeof prepareImage>>;

/** Reads a radiograph as the conversion does and preprocesses it as the plan says. */
export async function prepareImage(file: string, { plans, datasetJson, size }: SegmentationModel) {
  const { data } = await readRadiograph(file, { size: { width: size, height: size } });
  return preprocessImage(
    { data: Float32Array.from(data), shape: [1, 1, size, size], spacing: spacingOfCases },
    { plans, configuration: runConfiguration, datasetJson },
  );
}

/** One network's logits `[classes, z, y, x]` in the preprocessed frame. */
export async function logitsOf(
  { data, shape }: Pick<PreparedImage, 'data' | 'shape'>,
  network: Unet,
  { plans, mirroring }: SegmentationModel,
): Promise<Float32Array> {
  const patchSize = plans.configurations[runConfiguration].patch_size!;
  return predictLogits({ networks: [network], data, shape, patchSize, mirrorAxes: mirroring ? undefined : [] });
}

/** Labels and foreground probability, `[y, x]` each, in the radiograph's frame at the conversion's size. */
export function maskOf(
  logits: Float32Array,
  { properties }: Pick<PreparedImage, 'properties'>,
  { plans, datasetJson }: SegmentationModel,
): { labels: Uint8Array; probability: Float32Array; height: number; width: number } {
  const exported = exportPrediction(logits, properties, { plans, configuration: runConfiguration, datasetJson });
  const [, height, width] = exported.shape;
  const pixels = height * width;
  return {
    height,
    width,
    labels: Uint8Array.from(exported.segmentation),
    probability: exported.probabilities.slice(pixels, 2 * pixels),
  };
}
