/** The network that `fractura run --data FOLDER` trains when nothing else is said: planned at 80 x 80 for a processor. */
import { planExperiment, planForCpu } from '@fractura/nnunet-planner';

export const edge = 80;
/** The run takes 8. The peer would need a quarter of an hour for those, and one sample costs as much as another. */
export const batchSize = 1;
export const datasetJson = {
  channel_names: { 0: 'X-ray' },
  labels: { background: 0, fracture: 1 },
  numTraining: 656,
  file_ending: '.nii.gz',
};

const cases = Array.from({ length: datasetJson.numTraining });
const anyIntensities = { max: 255, mean: 128, median: 128, min: 0, percentile_00_5: 1, percentile_99_5: 254, std: 50 };

export const { plans } = planForCpu(
  planExperiment({
    dataset: { name: 'Dataset921_FracAtlas', reader: 'SimpleITKIO', datasetJson },
    fingerprint: {
      foreground_intensity_properties_per_channel: { 0: anyIntensities },
      median_relative_size_after_cropping: 1,
      shapes_after_crop: cases.map(() => [1, edge, edge]),
      spacings: cases.map(() => [1, 1, 1]),
    },
  }),
  { inputs: 1, outputs: 2 },
);
