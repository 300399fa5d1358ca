import { rule } from '@fractura/errors';
import type { IntensityProperties } from '../fingerprint/dataset-fingerprint.js';

/** The network that a configuration describes, in nnU-Net's words. */
export interface ArchitectureBlock {
  network_class_name: string;
  arch_kwargs: Record<string, unknown>;
  _kw_requires_import?: string[];
}

/** What a network and its training need of a configuration. */
export interface NetworkConfiguration {
  batch_size: number;
  /** Two numbers in 2D (y, x), three in 3D. */
  patch_size: number[];
  /** Whether the Dice loss sums over the batch before it divides. */
  batch_dice: boolean;
  architecture: ArchitectureBlock;
  /** One per channel; default none. */
  use_mask_for_norm?: boolean[];
  /** Of a cascade: the configurations that take this one's labels. */
  next_stage?: string | string[];
  /** Of a cascade: the configuration whose labels this one takes. */
  previous_stage?: string;
  [key: string]: unknown;
}

/** One configuration of a plan, complete: preprocessing, network and training. */
export interface PlanConfiguration extends NetworkConfiguration {
  data_identifier: string;
  preprocessor_name: string;
  median_image_size_in_voxels: number[];
  /** In the order of the patch. */
  spacing: number[];
  /** One per channel. */
  normalization_schemes: string[];
  use_mask_for_norm: boolean[];
  resampling_fn_data: string;
  resampling_fn_seg: string;
  resampling_fn_data_kwargs: ResamplingArguments;
  resampling_fn_seg_kwargs: ResamplingArguments;
  resampling_fn_probabilities: string;
  resampling_fn_probabilities_kwargs: ResamplingArguments;
}

/** How one kind of data is resampled. */
export interface ResamplingArguments {
  is_seg: boolean;
  /** 0 nearest, 1 linear, 3 cubic spline; in the plane where the first axis is resampled separately. */
  order: number;
  /** Along the axis that is resampled separately. */
  order_z: number;
  /** null: by the spacings. */
  force_separate_z: boolean | null;
}

/** A configuration as a plans file holds it: keys that it lacks are those of the one it inherits from. */
export type DeclaredConfiguration = Partial<PlanConfiguration> & { inherits_from?: string };

/** nnU-Net's plans file. */
export interface Plans {
  dataset_name: string;
  plans_name: string;
  original_median_spacing_after_transp: number[];
  original_median_shape_after_transp: number[];
  image_reader_writer: string;
  transpose_forward: number[];
  transpose_backward: number[];
  configurations: Record<string, DeclaredConfiguration>;
  experiment_planner_used: string;
  label_manager: string;
  foreground_intensity_properties_per_channel: Record<string, IntensityProperties>;
  [key: string]: unknown;
}

/** Plans of which only the configurations must be there: what a network alone needs. */
export type NetworkPlans = Pick<Plans, 'configurations'> & Partial<Plans>;

/** What {@link ArchitectureBlock} must be. */
export const architectureBlockRule = rule.fields({
  network_class_name: rule.text,
  arch_kwargs: rule.tableOf(rule.anything),
});

/** What {@link Plans} must be; what a reader of plans checks is not told again. */
export const plansRule = rule.fields({
  dataset_name: rule.optional(rule.text),
  plans_name: rule.optional(rule.text),
  original_median_spacing_after_transp: rule.optional(rule.listOf(rule.anyNumber)),
  original_median_shape_after_transp: rule.optional(rule.listOf(rule.anyNumber)),
  image_reader_writer: rule.optional(rule.anyText),
  transpose_forward: rule.listOf(rule.anyNumber),
  transpose_backward: rule.listOf(rule.anyNumber),
  configurations: rule.tableOf(
    rule.fields({
      data_identifier: rule.optional(rule.anyText),
      preprocessor_name: rule.optional(rule.text),
      median_image_size_in_voxels: rule.optional(rule.listOf(rule.anyNumber)),
      spacing: rule.optional(rule.listOf(rule.anyNumber)),
      normalization_schemes: rule.optional(rule.listOf(rule.anyText)),
      use_mask_for_norm: rule.optional(rule.listOf(rule.flag)),
      resampling_fn_data: rule.optional(rule.anyText),
      resampling_fn_seg: rule.optional(rule.anyText),
      resampling_fn_data_kwargs: rule.optional(rule.object),
      resampling_fn_seg_kwargs: rule.optional(rule.object),
      resampling_fn_probabilities: rule.optional(rule.anyText),
      resampling_fn_probabilities_kwargs: rule.optional(rule.object),
      batch_size: rule.optional(rule.anyNumber),
      patch_size: rule.optional(rule.listOf(rule.anyNumber)),
      batch_dice: rule.optional(rule.flag),
      architecture: rule.optional(architectureBlockRule),
      next_stage: rule.optional(rule.either(rule.anyText, rule.listOf(rule.anyText))),
      previous_stage: rule.optional(rule.anyText),
      inherits_from: rule.optional(rule.anyText),
    }),
  ),
  experiment_planner_used: rule.optional(rule.anyText),
  label_manager: rule.optional(rule.anyText),
  foreground_intensity_properties_per_channel: rule.optional(rule.object),
});
