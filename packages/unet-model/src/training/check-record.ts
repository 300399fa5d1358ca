import { describeValue } from '@fractura/errors';
import { checkChannelDeclaration, checkNetworkPlans } from '@fractura/nnunet-format';
import { UnetModelError } from '../errors.js';

type Table = Record<string, unknown>;

/** What an entry must be, in words, and whether a value is that. */
type Expectation = readonly [what: string, fits: (value: unknown) => boolean];

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === 'string';
const isNatural = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isCount = (value: unknown) => isNatural(value) && value !== 0;
const isNumberOrNull = (value: unknown) => typeof value === 'number' || value === null;

const text: Expectation = ['a text', isText];
const textOrNull: Expectation = ['a text or null', (value) => value === null || isText(value)];
const table: Expectation = ['an object', isTable];
const natural: Expectation = ['a whole number from 0 on', isNatural];
const count: Expectation = ['a whole number from 1 on', isCount];
const numberOrNull: Expectation = ['a number or null', isNumberOrNull];
const numbers: Expectation = [
  'a list of numbers',
  (value) => Array.isArray(value) && value.every((entry) => isNumberOrNull(entry)),
];

const required: Record<string, Record<string, Expectation>> = {
  init_args: {
    configuration: text,
    fold: ['the number of a fold, or "all"', (value) => value === 'all' || isNatural(value)],
    inference_allowed_mirroring_axes: [
      'a list of axes from 0 to 2, or null',
      (value) => value === null || (Array.isArray(value) && value.every((axis) => [0, 1, 2].includes(axis as number))),
    ],
    epochs: count,
    iterationsPerEpoch: count,
    batchSize: count,
    seed: ['a number', (value) => typeof value === 'number'],
  },
  state: {
    epoch: natural,
    iteration: natural,
    lossSum: numberOrNull,
    epochStart: numberOrNull,
    bestEma: numberOrNull,
    log: table,
  },
  'state.log': {
    mean_fg_dice: numbers,
    ema_fg_dice: numbers,
    dice_per_class_or_region: ['a list of lists of numbers', isListOfLists],
    train_losses: numbers,
    val_losses: numbers,
    lrs: numbers,
    epoch_start_timestamps: numbers,
    epoch_end_timestamps: numbers,
  },
};

const optional: Record<string, Record<string, Expectation>> = {
  init_args: {
    validationIterations: natural,
    precision: text,
    recipe: [
      'an object with name and settings',
      (value) => isTable(value) && isText(value.name) && isTable(value.settings),
    ],
    network: ['"plan", or an object with backbone and decoderChannels', isNetworkChoice],
    pretrained: textOrNull,
    encoderWeights: textOrNull,
    data: text,
    version: text,
  },
  state: { stopped: ['true or false', (value) => typeof value === 'boolean'], lossScale: table },
};

function isListOfLists(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => numbers[1](entry));
}

function isNetworkChoice(value: unknown): boolean {
  return (
    value === 'plan' ||
    (isTable(value) &&
      isText(value.backbone) &&
      Array.isArray(value.decoderChannels) &&
      value.decoderChannels.every(isCount) &&
      (value.presence === undefined || typeof value.presence === 'boolean'))
  );
}

/**
 * Checks the record in a checkpoint before anything is made of it, plans and dataset.json included.
 *
 * @param file where it is from, for messages.
 * @throws UnetModelError `checkpoint-invalid`; NnunetFormatError `plans-invalid`, `plans-unsupported`, `dataset-json-invalid`;
 *   ArrayFilesError `unsafe-name`.
 */
export function checkRecord(record: object, file: string): void {
  const { trainer_name: trainer, init_args: args, state } = record as Table;
  const log = isTable(state) ? state.log : undefined;
  checkEntry(file, 'trainer_name', trainer, text);
  for (const [place, value] of Object.entries({ init_args: args, state, 'state.log': log })) {
    checkEntry(file, place, value, table);
    const entries = value as Table;
    for (const [key, expected] of Object.entries(required[place])) {
      checkEntry(file, `${place}.${key}`, entries[key], expected);
    }
    for (const [key, expected] of Object.entries(optional[place] ?? {})) {
      if (entries[key] !== undefined) {
        checkEntry(file, `${place}.${key}`, entries[key], expected);
      }
    }
  }
  checkNetworkPlans((args as Table).plans, file);
  checkChannelDeclaration((args as Table).dataset_json, file);
}

function checkEntry(file: string, name: string, value: unknown, [what, fits]: Expectation): void {
  if (fits(value)) {
    return;
  }
  throw new UnetModelError(`${file}: ${name} of its record is ${describeValue(value)}; it must be ${what}.`, {
    code: 'checkpoint-invalid',
    remedy: 'Copy the checkpoint again, or train the fold again with --restart.',
  });
}
