import { checkFileName } from '@fractura/array-files';
import { describeValue } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';
import {
  channelStatistics,
  checkEntries,
  isCount,
  isFiniteNumber,
  isListOf,
  isPositive,
  isTable,
  type Expectation,
  type Table,
} from '../files/expected-entries.js';
import type { Plans } from './plans.js';

const isText = (value: unknown) => typeof value === 'string';
const text: Expectation = { what: 'a text', fits: isText };
const table: Expectation = { what: 'an object', fits: isTable };
const axes: Expectation = {
  what: 'the axes 0, 1 and 2, each once',
  fits: (value) =>
    isListOf(value, isFiniteNumber, [3]) && [0, 1, 2].every((axis) => (value as number[]).includes(axis)),
};

const entriesOfPlans: Record<string, Expectation> = {
  dataset_name: text,
  plans_name: text,
  image_reader_writer: text,
  transpose_forward: axes,
  transpose_backward: axes,
  configurations: table,
  foreground_intensity_properties_per_channel: channelStatistics,
};

const entriesOfConfiguration: Record<string, Expectation> = {
  inherits_from: text,
  data_identifier: text,
  preprocessor_name: text,
  batch_size: { what: 'a whole number from 1 on', fits: isCount },
  patch_size: { what: 'two or three whole numbers from 1 on', fits: (value) => isListOf(value, isCount, [2, 3]) },
  spacing: { what: 'two or three numbers above 0', fits: (value) => isListOf(value, isPositive, [2, 3]) },
  median_image_size_in_voxels: { what: 'a list of numbers', fits: (value) => isListOf(value, isFiniteNumber) },
  normalization_schemes: { what: 'a list of names', fits: (value) => isListOf(value, isText) },
  use_mask_for_norm: {
    what: 'a list of true and false',
    fits: (value) => isListOf(value, (entry) => typeof entry === 'boolean'),
  },
  resampling_fn_data: text,
  resampling_fn_seg: text,
  resampling_fn_probabilities: text,
  resampling_fn_data_kwargs: table,
  resampling_fn_seg_kwargs: table,
  resampling_fn_probabilities_kwargs: table,
  batch_dice: { what: 'true or false', fits: (value) => typeof value === 'boolean' },
  architecture: {
    what: 'an object with network_class_name and arch_kwargs',
    fits: (value) => isTable(value) && isText(value.network_class_name) && isTable(value.arch_kwargs),
  },
  next_stage: { what: 'a name or a list of names', fits: (value) => isText(value) || isListOf(value, isText) },
  previous_stage: text,
};

const requiredKeys = ['image_reader_writer', 'transpose_forward', 'transpose_backward', 'configurations'] as const;

/**
 * Checks the content of a plans file and upgrades it: nnU-Net 2.0 to 2.2 call the intensities
 * `foreground_intensity_properties_by_modality`.
 *
 * @throws Error that says which entry is wrong.
 * @throws NnunetFormatError `plans-unsupported` where it names a label manager or preprocessor that is not nnU-Net's default.
 * @throws ArrayFilesError `unsafe-name` where a name in it leads to another folder.
 */
export function checkPlans(content: Table, file: string): Plans {
  const missing = requiredKeys.filter((key) => content[key] === undefined || content[key] === null);
  if (missing.length > 0) {
    throw new Error(`it has no ${missing.join(', ')}`);
  }
  const { foreground_intensity_properties_by_modality: byModality, ...plans } = content;
  plans.foreground_intensity_properties_per_channel ??= byModality ?? {};
  checkEntries(plans, entriesOfPlans);
  checkInverse(plans);
  requireName(plans, 'label_manager', 'LabelManager', file);
  checkName(plans.plans_name, `${file}: plans_name`);
  checkName(plans.dataset_name, `${file}: dataset_name`);
  checkConfigurations(plans.configurations as Table, file);
  return plans as Plans;
}

/** @throws as {@link checkPlans} */
export function checkConfigurations(configurations: Table, file: string): void {
  for (const [name, configuration] of Object.entries(configurations)) {
    checkName(name, `${file}: the name of a configuration`);
    if (!isTable(configuration)) {
      throw new Error(`configuration ${name} is ${describeValue(configuration)}; it must be an object`);
    }
    checkConfiguration(configuration, name, file);
  }
}

function checkConfiguration(configuration: Table, name: string, file: string): void {
  checkEntries(configuration, entriesOfConfiguration, `configuration ${name}`);
  requireName(configuration, 'preprocessor_name', 'DefaultPreprocessor', file);
  const { data_identifier: identifier, previous_stage: previous, next_stage: next } = configuration;
  for (const [key, value] of Object.entries({ data_identifier: identifier, previous_stage: previous })) {
    checkName(value, `${file}: ${key} of ${name}`);
  }
  for (const stage of [next ?? []].flat()) {
    checkName(stage, `${file}: next_stage of ${name}`);
  }
}

function checkInverse({ transpose_forward: forward, transpose_backward: backward }: Table): void {
  const [there, back] = [forward as number[], backward as number[]];
  if (there.some((axis, i) => back[axis] !== i)) {
    throw new Error(`its transpose_backward ${back.join(', ')} does not undo transpose_forward ${there.join(', ')}`);
  }
}

function checkName(value: unknown, of: string): void {
  if (value !== undefined && value !== null) {
    checkFileName(value, { of });
  }
}

/** Only nnU-Net's own default is known here: another class would give other results. */
function requireName(content: Table, key: string, known: string, file: string): void {
  const value = content[key];
  if (value === undefined || value === null || value === known) {
    return;
  }
  throw new NnunetFormatError(`${file}: ${key} is ${describeValue(value)}.`, {
    code: 'plans-unsupported',
    remedy: `Only ${known} is known here: plan the data set with it, or use the software that has the other.`,
  });
}
