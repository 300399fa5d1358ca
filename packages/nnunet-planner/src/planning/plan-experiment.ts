import { checkOptions, rule } from '@fractura/errors';
import { elementCount } from '@fractura/array-files';
import {
  type DatasetFingerprint,
  datasetFingerprintRule,
  type DatasetJson,
  datasetJsonRule,
  type Plans,
  plansRule,
  readLabels,
} from '@fractura/nnunet-format';
import { roundHalfToEven } from '@fractura/python-compat';
import type { RawDataset } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';
import { normalizationScheme } from '../preprocessing/normalise.js';
import { planConfiguration, type PlannedConfiguration, type PlanningTrace } from './plan-configuration.js';
import { planLowres } from './plan-lowres.js';
import { plannerNames, plannerPreset, type PlannerName } from './planner-presets.js';
import { medianPerAxis, targetSpacing } from './target-spacing.js';

/** Cropping to less than this share switches z-score to the non-zero mask. */
const maskThreshold = 0.75;

/** What a plan is made from. */
export interface PlanExperimentOptions {
  /** The data set, or the parts of it that the planner reads. */
  dataset: Pick<RawDataset, 'name' | 'reader'> & { datasetJson: DatasetJson };
  fingerprint: DatasetFingerprint;
  /** Default `ExperimentPlanner`. */
  planner?: PlannerName;
  /** Memory that training may take, in GB. Default: the planner's. */
  gpuMemoryTargetGb?: number;
  /** Default: the planner's. */
  plansName?: string;
  /** Spacing along z, y, x in the images' own axis order, instead of the median. */
  overwriteTargetSpacing?: readonly number[];
  /** Plans of the same name from before; configurations that this planner does not make are kept. */
  existing?: Plans;
}

/**
 * Plans as nnU-Net's experiment planners do.
 *
 * @throws NnunetPlannerError `planner-unknown`, `labels-invalid`, `memory-target-invalid`, `target-spacing-invalid`,
 *   `images-too-small`, `fingerprint-extreme`
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/default_experiment_planner.py, ExperimentPlanner.plan_experiment
 */
export function planExperiment(options: PlanExperimentOptions): Plans {
  checkOptions(options, planExperimentOptionsRule, NnunetPlannerError);
  return planWithTraces(options).plans;
}

/** Plans, and how each configuration came about. */
export interface TracedPlans {
  plans: Plans;
  traces: Record<string, PlanningTrace>;
}

/** The plans, and how each configuration came about. */
export function planWithTraces(options: PlanExperimentOptions): TracedPlans {
  const { dataset, fingerprint, planner = 'ExperimentPlanner', existing } = options;
  const preset = plannerPreset(planner);
  const { datasetJson } = dataset;
  readLabels(datasetJson);
  checkTargets(options);
  const plansName = options.plansName ?? preset.plansName;

  const target = options.overwriteTargetSpacing ?? targetSpacing(fingerprint.spacings, fingerprint.shapes_after_crop);
  const coarsest = target.indexOf(Math.max(...target));
  const forward = [coarsest, ...[0, 1, 2].filter((axis) => axis !== coarsest)];
  const backward = [0, 1, 2].map((axis) => forward.indexOf(axis));
  const transpose = (values: readonly number[]) => forward.map((axis) => values[axis]);

  const spacing = transpose(target);
  const resampled = fingerprint.shapes_after_crop.map((shape, i) =>
    shape.map((extent, axis) => roundHalfToEven((fingerprint.spacings[i][axis] / target[axis]) * extent)),
  );
  const medianShape = transpose(medianPerAxis(resampled));
  checkExtents(medianShape, spacing);
  const datasetVoxels = elementCount(medianShape) * datasetJson.numTraining;

  const channels = Object.values(datasetJson.channel_names);
  const normalizationSchemes = channels.map(normalizationScheme);
  const useMask = fingerprint.median_relative_size_after_cropping < maskThreshold;
  const request = {
    preset,
    gpuMemoryTargetGb: options.gpuMemoryTargetGb ?? preset.referenceGb,
    // The planner counts every entry of labels, background and ignore too.
    outputChannels: Object.keys(datasetJson.labels).length,
    normalizationSchemes,
    useMaskForNorm: normalizationSchemes.map((scheme) => useMask && scheme === 'ZScoreNormalization'),
    datasetVoxels,
  };
  const sharesData = preset.residualEncoder;
  const identifier = (configuration: string) =>
    `${sharesData && configuration !== '3d_lowres' ? 'nnUNetPlans' : plansName}_${configuration}`;

  const configurations: Plans['configurations'] = {};
  const traces: Record<string, PlanningTrace> = {};
  const add = (name: string, { configuration, trace }: PlannedConfiguration) => {
    configurations[name] = configuration;
    traces[name] = trace;
  };
  const flat = planConfiguration({
    ...request,
    spacing: spacing.slice(1),
    medianShape: medianShape.slice(1),
    dataIdentifier: identifier('2d'),
  });
  if (medianShape[0] === 1) {
    add('2d', flat);
  } else {
    const full = planConfiguration({ ...request, spacing, medianShape, dataIdentifier: identifier('3d_fullres') });
    const low = planLowres(
      { ...request, spacing, medianShape, dataIdentifier: identifier('3d_lowres') },
      full.configuration,
      datasetJson.numTraining,
    );
    add('2d', flat);
    if (low) {
      low.configuration.batch_dice = false;
      low.configuration.next_stage = '3d_cascade_fullres';
      add('3d_lowres', low);
    } else {
      full.configuration.batch_dice = false;
    }
    add('3d_fullres', full);
    if (low) {
      configurations['3d_cascade_fullres'] = { inherits_from: '3d_fullres', previous_stage: '3d_lowres' };
    }
  }
  for (const [name, configuration] of Object.entries(existing?.configurations ?? {})) {
    configurations[name] ??= configuration;
  }

  const plans: Plans = {
    dataset_name: dataset.name,
    plans_name: plansName,
    original_median_spacing_after_transp: transpose(medianPerAxis(fingerprint.spacings)),
    original_median_shape_after_transp: transpose(medianPerAxis(fingerprint.shapes_after_crop)).map(roundHalfToEven),
    image_reader_writer: dataset.reader,
    transpose_forward: forward,
    transpose_backward: backward,
    configurations,
    experiment_planner_used: planner,
    label_manager: 'LabelManager',
    foreground_intensity_properties_per_channel: fingerprint.foreground_intensity_properties_per_channel,
  };
  return { plans, traces };
}

/** Far beyond any image; the search for a patch ends within seconds below it. */
const largest = { extent: 2 ** 24, voxels: 2 ** 40, ratioOfSpacings: 1e6 };

/** @throws NnunetPlannerError `fingerprint-extreme` */
function checkExtents(medianShape: readonly number[], spacing: readonly number[]): void {
  const isSize = medianShape.every((extent) => extent >= 1 && extent <= largest.extent);
  const ratio = Math.max(...spacing) / Math.min(...spacing);
  if (isSize && elementCount(medianShape) <= largest.voxels && ratio <= largest.ratioOfSpacings) {
    return;
  }
  throw new NnunetPlannerError(
    `At spacing ${spacing.join(', ')} the median image has ${medianShape.join(' x ')} voxels, which no network is planned for.`,
    { code: 'fingerprint-extreme', remedy: 'Check the spacings in the headers of the images, and their unit.' },
  );
}

function checkTargets({ gpuMemoryTargetGb, overwriteTargetSpacing }: PlanExperimentOptions): void {
  if (gpuMemoryTargetGb !== undefined && !(gpuMemoryTargetGb > 0 && Number.isFinite(gpuMemoryTargetGb))) {
    throw new NnunetPlannerError(`The memory target is ${gpuMemoryTargetGb} GB.`, {
      code: 'memory-target-invalid',
      remedy: 'It is a number above 0.',
    });
  }
  const spacing = overwriteTargetSpacing;
  if (spacing && !(spacing.length === 3 && spacing.every((value) => value > 0 && Number.isFinite(value)))) {
    throw new NnunetPlannerError(`The target spacing is ${spacing.join(', ')}.`, {
      code: 'target-spacing-invalid',
      remedy: 'Give three numbers above 0: along z, y and x.',
    });
  }
}

/** What the planner and its targets must be, of whatever plans. */
export const plannerRules = {
  planner: rule.optional(rule.oneOf(plannerNames)),
  gpuMemoryTargetGb: rule.optional(rule.number()),
  plansName: rule.optional(rule.text),
  overwriteTargetSpacing: rule.optional(rule.listOf(rule.anyNumber)),
};

/** What {@link PlanExperimentOptions} must be. */
export const planExperimentOptionsRule = rule.fields({
  dataset: rule.fields({ reader: rule.anyText, name: rule.text, datasetJson: datasetJsonRule }),
  fingerprint: datasetFingerprintRule,
  ...plannerRules,
  existing: rule.optional(plansRule),
});
