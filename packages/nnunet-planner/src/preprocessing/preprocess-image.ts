import { checkArguments, rule } from '@fractura/errors';
import { elementCount } from '@fractura/array-files';
import {
  type CaseProperties,
  casePropertiesRule,
  type DatasetJson,
  datasetJsonRule,
  type Plans,
  plansRule,
  readLabels,
  resolveConfiguration,
} from '@fractura/nnunet-format';
import { cropToNonzero } from '../cropping/crop-to-nonzero.js';
import { NnunetPlannerError } from '../errors.js';
import { resample, shapeAtSpacing } from '../resampling/resample.js';
import { resamplingArguments } from '../resampling/resampling-arguments.js';
import { collectClassLocations, type ClassLocations } from './class-locations.js';
import { normalise } from './normalise.js';
import { transposeSpatial } from './transpose.js';

/** An image as read, with its labels where it has any. */
export interface ImageToPreprocess {
  /** `[channels, z, y, x]` in C order. */
  data: Float32Array;
  shape: readonly number[];
  /** Along z, y, x. */
  spacing: readonly number[];
  /** Labels `[z, y, x]`. */
  segmentation?: ArrayLike<number>;
}

/** The plan that images are preprocessed by. */
export interface PreprocessingPlan {
  plans: Plans;
  /** Name of a configuration, such as `2d`. */
  configuration: string;
  datasetJson: DatasetJson;
}

/** An image ready for the network. */
export interface PreprocessedImage {
  /** `[channels, z, y, x]` in C order, normalised. */
  data: Float32Array;
  shape: number[];
  /** Labels `[z, y, x]`, -1 outside the non-zero mask; only where labels were given. */
  segmentation?: Int16Array;
  classLocations?: ClassLocations;
  properties: CaseProperties;
}

/**
 * Transposes, crops to non-zero, normalises and resamples one image, in this order, as nnU-Net's DefaultPreprocessor.
 *
 * @throws NnunetPlannerError `shape-mismatch` where image and labels differ; `channels-mismatch` where the channels are not
 *   those of dataset.json; `spacing-invalid`; `resampling-size` where the result would be empty or enormous; `normalization-unknown`, `resampling-unsupported` where the plans ask for what is not known here.
 * @see nnU-Net: nnunetv2/preprocessing/preprocessors/default_preprocessor.py, DefaultPreprocessor.run_case_npy
 */
export function preprocessImage(image: ImageToPreprocess, options: PreprocessingPlan): PreprocessedImage {
  checkArguments(
    { image, options },
    { image: imageToPreprocessRule, options: preprocessingPlanRule },
    NnunetPlannerError,
  );
  const { plans, configuration: name, datasetJson } = options;
  checkImage(image, datasetJson);
  const configuration = resolveConfiguration(plans, name);
  const forward = plans.transpose_forward;
  const transposed = transposeSpatial(image.data, image.shape, forward);
  const spacing = forward.map((axis) => image.spacing[axis]);
  const labels =
    image.segmentation && transposeSpatial(int16(image.segmentation), [1, ...image.shape.slice(1)], forward).data;

  const cropped = cropToNonzero(transposed.data, transposed.shape, labels);
  const voxels = cropped.segmentation.length;
  configuration.normalization_schemes.forEach((scheme, channel) => {
    normalise(cropped.data.subarray(channel * voxels, (channel + 1) * voxels), cropped.segmentation, {
      scheme,
      useMask: configuration.use_mask_for_norm[channel],
      intensities: plans.foreground_intensity_properties_per_channel[String(channel)],
    });
  });

  const newSpacing = fullSpacing(configuration.spacing, spacing);
  const croppedSize = cropped.shape.slice(1);
  const newShape = shapeAtSpacing(croppedSize, spacing, newSpacing);
  const data = resample({ ...cropped, newShape, spacing, newSpacing, how: resamplingArguments(configuration, 'data') });
  const properties = {
    spacing: [...image.spacing],
    shape_before_cropping: transposed.shape.slice(1),
    bbox_used_for_cropping: cropped.box,
    shape_after_cropping_and_before_resampling: croppedSize,
  };
  const result = { data, shape: [cropped.shape[0], ...newShape], properties };
  if (!labels) {
    return result;
  }
  const how = resamplingArguments(configuration, 'seg');
  const segmentation = resample({
    data: cropped.segmentation,
    shape: [1, ...croppedSize],
    newShape,
    spacing,
    newSpacing,
    how,
  });
  return {
    ...result,
    segmentation,
    classLocations: collectClassLocations(segmentation, newShape, readLabels(datasetJson)),
  };
}

const int16 = (labels: ArrayLike<number>) => (labels instanceof Int16Array ? labels : Int16Array.from(labels));

/** A 2D configuration leaves the first axis as it is. */
export function fullSpacing(planned: readonly number[], own: readonly number[]): number[] {
  return planned.length === own.length ? [...planned] : [own[0], ...planned];
}

function checkImage({ data, shape, spacing, segmentation }: ImageToPreprocess, { channel_names }: DatasetJson): void {
  const voxels = elementCount(shape.slice(1));
  if (shape.length !== 4 || data.length !== voxels * shape[0]) {
    throw new NnunetPlannerError(`${data.length} numbers do not fill the shape ${shape.join(' x ')}.`, {
      code: 'shape-mismatch',
      remedy: 'Give channels, z, y, x in C order.',
    });
  }
  if (spacing.length !== 3 || !spacing.every((value) => value > 0 && value < Infinity)) {
    throw new NnunetPlannerError(`The spacing of the image is ${spacing.join(', ')}.`, {
      code: 'spacing-invalid',
      remedy: 'It has three numbers above 0, along z, y and x: correct the header of the image.',
    });
  }
  if (segmentation && segmentation.length !== voxels) {
    throw new NnunetPlannerError(`The image has ${voxels} voxels, its labels ${segmentation.length}.`, {
      code: 'shape-mismatch',
      remedy: 'Image and labels must lie on the same grid.',
    });
  }
  const named = Object.keys(channel_names).length;
  if (shape[0] !== named) {
    throw new NnunetPlannerError(`The image has ${shape[0]} channels, dataset.json names ${named}.`, {
      code: 'channels-mismatch',
      remedy: 'Give one file for each channel, _0000, _0001, and so on.',
    });
  }
}

/** What {@link PreprocessingPlan} must be. */
export const preprocessingPlanRule = rule.fields({
  plans: plansRule,
  configuration: rule.text,
  datasetJson: datasetJsonRule,
});

/** What {@link PreprocessedImage} must be. */
export const preprocessedImageRule = rule.fields({
  data: rule.typedArray,
  shape: rule.listOf(rule.anyNumber),
  segmentation: rule.optional(rule.typedArray),
  classLocations: rule.optional(rule.tableOf(rule.typedArray)),
  properties: casePropertiesRule,
});

/** What {@link ImageToPreprocess} must be. */
export const imageToPreprocessRule = rule.fields({
  data: rule.typedArray,
  shape: rule.listOf(rule.anyNumber),
  spacing: rule.listOf(rule.anyNumber),
  segmentation: rule.optional(rule.numbers),
});
