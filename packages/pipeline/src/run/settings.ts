import { readFile } from 'node:fs/promises';
import { precisionChoices, type PrecisionChoice } from '@fractura/tfjs-training';
import { parse } from 'yaml';
import { PipelineError } from '../errors.js';

/** Everything that a run's results depend on, beside the data and the engine. */
export interface RunSettings {
  /** Seed of every random choice. */
  seed: number;
  /** Width and height of the images that networks see, in pixels. */
  size: number;
  /** Folds of the segmentation's cross-validation. */
  folds: number;
  /** `gpu` trains nnU-Net's own plan, `cpu` one with half the features or fewer: see the planner's `planForCpu`. */
  planFor: 'gpu' | 'cpu';
  /** Epochs of each fold. nnU-Net trains 1000. */
  epochs: number;
  /** Training iterations of one epoch. nnU-Net does 250. */
  iterations: number;
  /** Images of one iteration; 0 takes the plan's. */
  batch: number;
  /** Initial learning rate of the segmentation. nnU-Net: 0.01. */
  learningRate: number;
  /** Nesterov momentum of the segmentation. nnU-Net: 0.99, for long training; short training wants less. */
  momentum: number;
  /** Numbers of the networks' training; `auto` is bfloat16 where the processor computes with it, else float32. */
  precision: PrecisionChoice;
  /** Whether predictions average over mirrored images, as nnU-Net does. */
  mirroring: boolean;
  /** Epochs of each of the three classifiers. */
  classifierEpochs: number;
  /** Images of one iteration of a classifier. */
  classifierBatch: number;
  /** Fractured and normal images of the synthetic atlas, where no data are given. */
  syntheticFractured: number;
  syntheticNormal: number;
}

/** A few minutes on two cores: the pipeline is shown, not a record set. */
export const syntheticSettings: RunSettings = {
  seed: 1234,
  size: 64,
  folds: 5,
  planFor: 'cpu',
  epochs: 4,
  iterations: 12,
  batch: 8,
  learningRate: 0.1,
  momentum: 0.9,
  precision: 'auto',
  mirroring: true,
  classifierEpochs: 6,
  classifierBatch: 16,
  syntheticFractured: 80,
  syntheticNormal: 160,
};

/** Half an hour on two slow cores for the 1,656 radiographs: a budget to begin with, far from nnU-Net's 250,000 iterations. */
export const radiographSettings: RunSettings = {
  ...syntheticSettings,
  size: 80,
  epochs: 4,
  iterations: 30,
  mirroring: false,
  classifierEpochs: 3,
  classifierBatch: 32,
};

const allowed: { [Name in keyof RunSettings]: [minimum: number, maximum: number] | 'boolean' | readonly string[] } = {
  seed: [0, 2 ** 32 - 1],
  size: [16, 4096],
  folds: [2, 20],
  planFor: ['gpu', 'cpu'],
  epochs: [1, 100_000],
  iterations: [1, 100_000],
  batch: [0, 4096],
  learningRate: [0, 10],
  momentum: [0, 1],
  precision: precisionChoices,
  mirroring: 'boolean',
  classifierEpochs: [1, 100_000],
  classifierBatch: [1, 4096],
  syntheticFractured: [20, 10_000],
  syntheticNormal: [20, 10_000],
};
const fractions = new Set<string>(['learningRate', 'momentum']);

/** The names of all settings. */
export const settingNames = Object.keys(allowed) as (keyof RunSettings)[];

/**
 * Puts settings together: defaults, over which come those of a file, over which come those given one by one.
 *
 * @throws PipelineError `bad-setting` that names the setting, its value and what is allowed.
 */
export function resolveSettings(defaults: RunSettings, ...layers: Readonly<Record<string, unknown>>[]): RunSettings {
  const settings: Record<string, unknown> = { ...defaults };
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer))) {
    if (value === undefined) {
      continue;
    }
    if (!Object.hasOwn(allowed, name)) {
      throw new PipelineError(`There is no setting ${name}.`, {
        code: 'bad-setting',
        remedy: `The settings are: ${settingNames.join(', ')}.`,
      });
    }
    checkSetting(name as keyof RunSettings, value);
    settings[name] = value;
  }
  return settings as unknown as RunSettings;
}

function checkSetting(name: keyof RunSettings, value: unknown): void {
  const range = allowed[name];
  if (range === 'boolean') {
    if (typeof value !== 'boolean') {
      throw badSetting(name, value, 'true or false');
    }
    return;
  }
  if (isNames(range)) {
    if (!range.some((known) => known === value)) {
      throw badSetting(name, value, `one of ${range.join(', ')}`);
    }
    return;
  }
  const [minimum, maximum] = range;
  const whole = fractions.has(name) ? '' : 'whole ';
  const inRange = typeof value === 'number' && value >= minimum && value <= maximum;
  if (!inRange || (whole && !Number.isInteger(value))) {
    throw badSetting(name, value, `a ${whole}number from ${minimum} to ${maximum}`);
  }
}

const isNames = (range: readonly (number | string)[]): range is readonly string[] => typeof range[0] === 'string';

function badSetting(name: string, value: unknown, expected: string): PipelineError {
  return new PipelineError(`The setting ${name} is ${JSON.stringify(value)}.`, {
    code: 'bad-setting',
    remedy: `It must be ${expected}.`,
  });
}

/**
 * Reads a settings file (YAML, as `fractura init` writes it) or the `settings` of a manifest (`run.json`).
 *
 * @throws PipelineError `bad-config` that names the file.
 */
export async function readSettings(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8');
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PipelineError(`${file}: ${reason}.`, {
      code: 'bad-config',
      remedy: 'fractura init writes a good one.',
      cause,
    });
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new PipelineError(`${file}: holds no settings.`, {
      code: 'bad-config',
      remedy: 'fractura init writes some.',
    });
  }
  const { settings } = content as { settings?: unknown };
  return (typeof settings === 'object' && settings !== null ? settings : content) as Record<string, unknown>;
}
