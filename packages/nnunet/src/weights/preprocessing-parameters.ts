import { readLabels } from '@fractura/nnunet-format';
import type { TrainedModel } from '../model/load-model.js';

/** All that a server or a page needs beside the network: what to do to an image before, and to the logits after. */
export function preprocessingParameters(model: TrainedModel) {
  const { plans, datasetJson, configuration, plan, mirrorAxes } = model;
  const labels = readLabels(datasetJson);
  return {
    steps:
      'transpose, crop to non-zero, normalise each channel, resample to the spacing; slide windows; resample logits back',
    configuration,
    dataset_name: plans.dataset_name,
    channel_names: datasetJson.channel_names,
    file_ending: datasetJson.file_ending,
    labels: datasetJson.labels,
    regions_class_order: datasetJson.regions_class_order,
    activation: labels.hasRegions ? 'sigmoid' : 'softmax',
    transpose_forward: plans.transpose_forward,
    transpose_backward: plans.transpose_backward,
    spacing: plan.spacing,
    patch_size: plan.patch_size,
    normalization_schemes: plan.normalization_schemes,
    use_mask_for_norm: plan.use_mask_for_norm,
    foreground_intensity_properties_per_channel: plans.foreground_intensity_properties_per_channel,
    resampling_fn_data_kwargs: plan.resampling_fn_data_kwargs,
    resampling_fn_probabilities_kwargs: plan.resampling_fn_probabilities_kwargs,
    sliding_window: { step_size: 0.5, mirror_axes: [...mirrorAxes], gaussian_sigma: 'an eighth of the window' },
    notice: 'For research, not a medical device.',
  };
}
