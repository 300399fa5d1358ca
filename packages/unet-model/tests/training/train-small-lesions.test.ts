import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkPlans } from '@fractura/nnunet-format';
import { temporaryFolder } from '@fractura/testing';
import { checkpointFile, weightsToTrain } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buildBackboneUnet,
  loadNetwork,
  predictLogits,
  readUnetCheckpoint,
  smallLesionsRecipe,
  trainFold,
  type SmallLesionsOptions,
  type TrainFoldOptions,
} from '../../src/index.js';
import { saveState } from '@fractura/tfjs-training';
import { emptyFilms } from '../support/empty-films.js';
import { useWasm } from '../support/engine.js';
import { toyCases, toyDatasetJson, toyPlans } from '../support/toy-dataset.js';

const planRecipe = (options: SmallLesionsOptions = {}) => smallLesionsRecipe({ encoder: 'plan', ...options });

let root: string;
let run = 0;
let options: TrainFoldOptions;

beforeAll(async () => {
  await useWasm();
  root = await temporaryFolder('unet-small-lesions-');
});

beforeEach(() => {
  run += 1;
  options = {
    plans: toyPlans,
    configuration: '2d',
    datasetJson: toyDatasetJson,
    cases: [...toyCases(5), ...emptyFilms(4)],
    split: {
      train: ['toy_0', 'toy_1', 'toy_2', 'toy_3', 'empty_0', 'empty_1', 'empty_2'],
      val: ['toy_4', 'empty_3'],
    },
    outputDirectory: join(root, `run_${run}`),
    epochs: 2,
    iterationsPerEpoch: 3,
    validationIterations: 1,
    batchSize: 4,
    recipe: planRecipe(),
    workers: 0,
    seed: 7,
  };
});

/** Averaged weights, the weights trained on, and the optimizer's moments. */
const tensorsOf = async (folder: string, name: 'final' | 'latest' = 'final') => {
  const { weights, optimizer } = await readUnetCheckpoint(checkpointFile(folder, name));
  return [...weights, ...optimizer];
};

const elsewhere = (name: string): TrainFoldOptions => ({
  ...options,
  outputDirectory: `${options.outputDirectory}_${name}`,
});

describe('small-lesions on the plan’s network', () => {
  test('learns to find the disks, and leaves no tensor', async () => {
    const tensors = tf.memory().numTensors;
    const { log } = await trainFold({
      ...options,
      recipe: planRecipe({ learningRate: 1e-2 }),
      epochs: 6,
      iterationsPerEpoch: 20,
      validationIterations: 2,
    });
    expect(log.train_losses.at(-1)!).toBeLessThan(log.train_losses[0] / 2);
    expect(log.mean_fg_dice.at(-1)!).toBeGreaterThan(0.8);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('the learning rate rises within the first epoch and falls by a cosine after it', async () => {
    const rates: number[] = [];
    await trainFold({
      ...options,
      recipe: planRecipe({ warmUp: 1 / 3 }),
      onProgress: ({ phase, learningRate }) => {
        if (phase === 'train') {
          rates.push(learningRate);
        }
      },
    });
    expect(rates[0]).toBeLessThan(rates[1]);
    const cosine = (done: number) => (2e-3 * (1 + Math.cos(done * Math.PI))) / 2;
    [0, 1, 2, 3].forEach((step) => {
      expect(rates[2 + step]).toBeCloseTo(cosine(step / 4), 8);
    });
  });

  test('the checkpoint records recipe, network and digests, and holds averaged weights beside those trained on', async () => {
    await trainFold(options);
    const file = checkpointFile(options.outputDirectory, 'final');
    const checkpoint = await readUnetCheckpoint(file);
    const { record, weights } = checkpoint;
    expect(record.init_args).toMatchObject({
      recipe: { name: 'small-lesions', settings: { encoder: 'plan', presence: false, lesionShare: 0.625 } },
      network: 'plan',
      pretrained: null,
      encoderWeights: null,
      data: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      version: '0.1.0',
      inference_allowed_mirroring_axes: [0, 1],
    });
    const name = [...weights.keys()].find((each) => each.endsWith('conv.weight'))!;
    const trained = weightsToTrain(checkpoint);
    expect([...trained.keys()]).toEqual(expect.arrayContaining([...weights.keys()]));
    expect(trained.get(name)!.data).not.toEqual(weights.get(name)!.data);
    const loaded = await loadNetwork({ ...options, folder: options.outputDirectory });
    expect((await saveState(loaded)).get(name)!.data).toEqual(weights.get(name)!.data);
    loaded.dispose();
  });

  test('gives the same digits twice and with threads, and others with another seed', async () => {
    await trainFold(options);
    const expected = await tensorsOf(options.outputDirectory);
    const [again, threaded, other] = [
      elsewhere('again'),
      { ...elsewhere('threaded'), workers: 2 },
      { ...elsewhere('other'), seed: 8 },
    ];
    for (const each of [again, threaded, other]) {
      await trainFold(each);
    }
    expect(await tensorsOf(again.outputDirectory)).toEqual(expected);
    expect(await tensorsOf(threaded.outputDirectory)).toEqual(expected);
    expect(await tensorsOf(other.outputDirectory)).not.toEqual(expected);
  });

  test.each([
    ['within an epoch', { epoch: 1, phase: 'train', iteration: 2 }],
    ['in a validation', { epoch: 0, phase: 'validate', iteration: 1 }],
  ] as const)(
    'stopped %s and called again, with threads, equals an unbroken training: averages, weights, moments',
    async (_, end) => {
      await trainFold(options);
      const broken = elsewhere('broken');
      const controller = new AbortController();
      const stopped = trainFold({
        ...broken,
        signal: controller.signal,
        onProgress: ({ epoch, phase, iteration }) => {
          if (epoch === end.epoch && phase === end.phase && iteration === end.iteration) {
            controller.abort();
          }
        },
      });
      await expect(stopped).rejects.toThrow('aborted');
      await trainFold({ ...broken, workers: 1 });
      const [expected, actual] = await Promise.all([options, broken].map((each) => tensorsOf(each.outputDirectory)));
      expect(actual).toEqual(expected);
      expect(actual.length).toBeGreaterThan(20);
    },
  );

  test('dead without warning, goes on from a checkpoint within the epoch to the same digits', async () => {
    await trainFold(options);
    const broken = { ...elsewhere('broken'), checkpointSeconds: 0 };
    const death = trainFold({
      ...broken,
      onProgress: ({ epoch, phase, iteration }) => {
        if (epoch === 1 && phase === 'train' && iteration === 3) {
          throw new Error('struck by lightning');
        }
      },
    });
    await expect(death).rejects.toThrow('struck by lightning');
    await trainFold(broken);
    expect(await tensorsOf(broken.outputDirectory)).toEqual(await tensorsOf(options.outputDirectory));
  });
});

describe('a folder that holds another training', () => {
  beforeEach(async () => {
    options = { ...options, epochs: 1, iterationsPerEpoch: 1 };
    await trainFold(options);
  });

  const darker = (cases: TrainFoldOptions['cases']) =>
    cases.map((each, n) => (n === 0 ? { ...each, data: each.data.map((value) => value - 0.25) } : each));
  const otherPlans: NetworkPlans = {
    ...toyPlans,
    configurations: { '2d': { ...toyPlans.configurations['2d'], spacing: [0.5, 0.5] } },
  };
  const onesOf = async (): Promise<TrainFoldOptions['pretrained']> => {
    const { weights } = await readUnetCheckpoint(checkpointFile(options.outputDirectory, 'final'));
    return weights;
  };

  test.each<[string, string, () => Partial<TrainFoldOptions> | Promise<Partial<TrainFoldOptions>>]>([
    [
      'other settings of the recipe',
      'recipe.settings.lesionShare 0.625; now it is 0.5',
      () => ({ recipe: planRecipe({ lesionShare: 0.5 }) }),
    ],
    ['another weight of the loss', 'recipe.settings.lesionWeight', () => ({ recipe: planRecipe({ lesionWeight: 7 }) })],
    [
      'another augmentation',
      'recipe.settings.augmentation.rotation 30; now it is 10',
      () => ({ recipe: planRecipe({ augmentation: { rotation: 10 } }) }),
    ],
    ['another recipe', 'recipe.name small-lesions; now it is nnunet', () => ({ recipe: undefined })],
    ['other plans', 'plans.configurations.2d.spacing absent; now it is [0.5,0.5]', () => ({ plans: otherPlans })],
    ['other images', 'data ', () => ({ cases: darker(options.cases) })],
    ['another split', 'data ', () => ({ split: { train: options.split.train.slice(1), val: options.split.val } })],
    ['pretrained weights', 'pretrained null; now it is ', async () => ({ pretrained: await onesOf() })],
    ['another seed', 'seed 7; now it is 8', () => ({ seed: 8 })],
    [
      'another number of validation iterations',
      'validationIterations 1; now it is 2',
      () => ({ validationIterations: 2 }),
    ],
  ])('is not gone on with by %s', async (_, message, change) => {
    await expect(trainFold({ ...options, ...(await change()) })).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      message: expect.stringContaining(message) as unknown,
    });
  });

  test('goes on with the same data in other memory and threads', async () => {
    const shared = await trainFold({ ...options, cases: [...options.cases].reverse(), workers: 1 });
    expect(shared.epochs).toBe(1);
  });

  test('is begun anew where that is asked for', async () => {
    let steps = 0;
    const recipe = planRecipe({ lesionShare: 0.5 });
    await trainFold({ ...options, recipe, restart: true, onProgress: () => (steps += 1) });
    expect(steps).toBe(2);
    const fresh = elsewhere('fresh');
    await trainFold({ ...fresh, recipe });
    expect(await tensorsOf(options.outputDirectory)).toEqual(await tensorsOf(fresh.outputDirectory));
    const record = JSON.parse(await readFile(join(options.outputDirectory, 'checkpoint_best.json'), 'utf8')) as object;
    expect(record).toMatchObject({ init_args: { recipe: { settings: { lesionShare: 0.5 } } } });
  });
});

test('other labels of a cascade’s previous stage are other data', async () => {
  const plans: NetworkPlans = {
    ...toyPlans,
    configurations: { ...toyPlans.configurations, cascade: { inherits_from: '2d', previous_stage: 'coarse' } },
  };
  const staged = (label: number) =>
    toyCases(2).map((each) => ({ ...each, previousStage: new Uint8Array(each.segmentation.length).fill(label) }));
  const cascade: TrainFoldOptions = {
    ...options,
    plans,
    configuration: 'cascade',
    cases: staged(0),
    split: { train: ['toy_0'], val: ['toy_1'] },
    recipe: undefined,
    epochs: 1,
    iterationsPerEpoch: 1,
  };
  await trainFold(cascade);
  await expect(trainFold({ ...cascade, cases: staged(1) })).rejects.toMatchObject({
    code: 'checkpoint-mismatch',
    message: expect.stringContaining('data ') as unknown,
  });
});

describe('a training that is told to stop', () => {
  test('ends after the epoch as if it had been the last, with its best and final checkpoint', async () => {
    const asked: number[] = [];
    const stopped = await trainFold({
      ...options,
      epochs: 5,
      onEpoch: ({ epoch }) => void asked.push(epoch),
      shouldStop: () => Promise.resolve(asked.length === 2),
    });
    expect(stopped.epochs).toBe(2);
    expect(stopped.log.train_losses).toHaveLength(2);
    expect(asked).toEqual([0, 1]);
    const { record } = await readUnetCheckpoint(checkpointFile(options.outputDirectory, 'final'));
    expect(record.state.epoch).toBe(2);
    await expect(readUnetCheckpoint(checkpointFile(options.outputDirectory, 'latest'))).rejects.toMatchObject({
      code: 'checkpoint-missing',
    });
  });

  test('is not gone on with when called again', async () => {
    await trainFold({ ...options, epochs: 3, shouldStop: () => true });
    const before = await tensorsOf(options.outputDirectory);
    let steps = 0;
    const again = await trainFold({ ...options, epochs: 3, onProgress: () => (steps += 1) });
    expect({ steps, epochs: again.epochs }).toEqual({ steps: 0, epochs: 1 });
    expect(await tensorsOf(options.outputDirectory)).toEqual(before);
  });
});

describe('what a recipe’s batches refuse is told by its name, with threads too', () => {
  test('a volume', async () => {
    const volumes = { '2d': { ...toyPlans.configurations['2d'], patch_size: [4, 16, 16] } };
    const volume: TrainFoldOptions = {
      ...options,
      plans: { ...toyPlans, configurations: volumes },
      recipe: { ...planRecipe(), network: 'plan' },
      workers: 1,
    };
    await expect(trainFold(volume)).rejects.toMatchObject({ code: 'patch-not-flat' });
  });

  test('a share', async () => {
    const recipe = planRecipe({ lesionShare: 0 });
    await expect(trainFold({ ...options, recipe, workers: 1 })).rejects.toMatchObject({ code: 'share-invalid' });
  });
});

describe('small-lesions on a backbone', () => {
  const plans: NetworkPlans = {
    ...toyPlans,
    configurations: { '2d': { ...toyPlans.configurations['2d'], patch_size: [64, 64] } },
  };
  const small: SmallLesionsOptions = { encoder: 'resnet18', decoderChannels: [16, 12, 8, 8] };

  test('trains a network from scratch whose checkpoint names it, opens, and tells of presence', async () => {
    const { log } = await trainFold({
      ...options,
      plans,
      recipe: smallLesionsRecipe({ ...small, frozenStride: 0 }),
      epochs: 1,
      iterationsPerEpoch: 2,
    });
    expect(Number.isFinite(log.train_losses[0])).toBe(true);
    const { record, weights } = await readUnetCheckpoint(checkpointFile(options.outputDirectory, 'final'));
    expect(record.init_args.network).toEqual({ backbone: 'resnet18', decoderChannels: [16, 12, 8, 8], presence: true });

    const network = await loadNetwork({ ...options, plans, folder: options.outputDirectory });
    expect(network.architecture).toMatchObject({ backbone: 'resnet18', presence: 1, outputSize: 'full' });
    expect((await saveState(network)).get('encoder.conv1.weight')!.data).toEqual(
      weights.get('encoder.conv1.weight')!.data,
    );
    const film = toyCases(1)[0];
    const predict = (mirrorAxes: number[]) =>
      predictLogits({ networks: [network], data: film.data, shape: film.shape, patchSize: [64, 64], mirrorAxes });
    const { logits, presence } = await predict([]);
    expect(logits).toHaveLength(2 * 20 * 18);
    expect(presence).toHaveLength(1);
    const mirrored = await predict([1]);
    expect(Number.isFinite(mirrored.presence![0])).toBe(true);
    expect(mirrored.presence![0]).not.toBe(presence![0]);
    network.dispose();
  });

  test('keeps pretrained weights of the stages it freezes, and trains the others', async () => {
    const donor = buildBackboneUnet({ backbone: 'resnet18', inputChannels: 3, outputChannels: 2, seed: 3 });
    const encoderWeights = new Map(
      [...(await saveState(donor))]
        .filter(([name]) => name.startsWith('encoder.'))
        .map(([name, tensor]) => [name.slice('encoder.'.length), tensor]),
    );
    donor.dispose();
    const frozen: TrainFoldOptions = {
      ...options,
      plans,
      recipe: smallLesionsRecipe(small),
      encoderWeights,
      epochs: 1,
      iterationsPerEpoch: 1,
    };
    await trainFold(frozen);
    const { record, weights } = await readUnetCheckpoint(checkpointFile(options.outputDirectory, 'final'));
    expect(record.init_args.encoderWeights).toMatch(/^[0-9a-f]{64}$/);
    const same = (name: string) =>
      Buffer.from((weights.get(`encoder.${name}`)!.data as Float32Array).buffer).equals(
        Buffer.from(Float32Array.from(encoderWeights.get(name)!.data as Float32Array).buffer),
      );
    expect(['bn1.weight', 'bn1.running_mean', 'layer1.0.conv1.weight', 'layer1.1.bn2.running_var'].map(same)).toEqual(
      Array(4).fill(true),
    );
    expect(['layer2.0.conv1.weight', 'layer4.1.conv2.weight'].map(same)).toEqual([false, false]);

    const others = new Map(encoderWeights);
    const { shape, data } = others.get('bn1.weight')!;
    others.set('bn1.weight', { shape, data: Float32Array.from(data as Float32Array, (value) => value + 1) });
    await expect(trainFold({ ...frozen, encoderWeights: others })).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      message: expect.stringContaining('encoderWeights ') as unknown,
    });
  });
});
