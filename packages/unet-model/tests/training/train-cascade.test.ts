import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import { openBatchSource } from '../../src/batches/batch-source.js';
import { countInputChannels, type ChannelDeclaration, type NetworkPlans } from '@fractura/nnunet-format';
import { loadNetwork, readUnetCheckpoint, measureTraining, trainFold, type TrainFoldOptions } from '../../src/index.js';
import { disposeFold, prepareFold } from '../../src/training/prepare-fold.js';
import { useWasm } from '../support/engine.js';
import { toyCases, toyDatasetJson, toyPlans } from '../support/toy-dataset.js';

const plans: NetworkPlans = {
  ...toyPlans,
  configurations: { ...toyPlans.configurations, cascade: { inherits_from: '2d', previous_stage: 'coarse' } },
};
/** What a first stage might say: the label, one voxel too far to the right. */
const cases = toyCases(5).map((each) => ({
  ...each,
  previousStage: Uint8Array.from(each.segmentation, (_, v) => each.segmentation[v - 1] ?? 0),
}));

let root: string;
let run = 0;
let options: TrainFoldOptions;
beforeAll(async () => {
  await useWasm();
  root = await temporaryFolder('unet-model-cascade-');
});

beforeEach(() => {
  options = {
    plans,
    configuration: 'cascade',
    datasetJson: toyDatasetJson,
    cases,
    split: { train: ['toy_0', 'toy_1', 'toy_2', 'toy_3'], val: ['toy_4'] },
    outputDirectory: join(root, `run_${run++}`),
    epochs: 2,
    iterationsPerEpoch: 3,
    validationIterations: 1,
    workers: 0,
    seed: 7,
  };
});

test('trains a network with a channel more, with threads to the same weights', async () => {
  await trainFold(options);
  const threaded = { ...options, outputDirectory: `${options.outputDirectory}_threaded`, workers: 2 };
  await trainFold(threaded);
  const { weights } = await readUnetCheckpoint(checkpointFile(options.outputDirectory, 'final'));
  const { weights: ofThreads } = await readUnetCheckpoint(checkpointFile(threaded.outputDirectory, 'final'));
  expect(ofThreads).toEqual(weights);
  const network = await loadNetwork({ folder: options.outputDirectory, ...options });
  expect(network.inputChannels).toBe(2);
  expect([...weights.values()].some(({ shape }) => shape.join() === '4,2,3,3')).toBe(true);
  network.dispose();
});

test('batches have the labels of the previous stage as last channels; those of the validation unchanged', async () => {
  const fold = prepareFold(options);
  const [training, validation] = await Promise.all(
    fold.sources.map(async (source) => (await openBatchSource(source))(0)),
  );
  expect([training.imageShape, validation.imageShape]).toEqual(Array(2).fill([2, 16, 16, 2]));
  const added = (image: Float32Array) => image.filter((_, i) => i % 2 === 1);
  expect(new Set([...added(training.image), ...added(validation.image)])).toEqual(new Set([0, 1]));
  // The target within the patch, one voxel to the right.
  const { labels } = validation.levels[0];
  const shifted = labels.map((_, v) => (v % 16 === 0 ? 0 : labels[v - 1]));
  const inside = added(validation.image).map((value, v) => (v % 16 === 0 ? 0 : value));
  expect(Array.from(inside)).toEqual(Array.from(shifted));
  disposeFold(fold);
});

test('is measured on noise', async () => {
  const measured = await measureTraining({ plans, configuration: 'cascade', datasetJson: toyDatasetJson, steps: 1 });
  expect(measured.trainingSeconds).toBeGreaterThan(0);
});

test.each([
  ['missing', undefined, 'Case toy_0: the labels of the previous stage, coarse, are missing.'],
  ['of another size', new Uint8Array(5), 'Case toy_0: 5 labels of the previous stage for 360 voxels.'],
] as const)('says which case has labels of the previous stage that are %s', async (_, previousStage, message) => {
  const [first] = toyCases(1);
  const damaged = [{ ...first, previousStage }, ...cases.slice(1)];
  await expect(trainFold({ ...options, cases: damaged })).rejects.toMatchObject({
    code: 'case-invalid',
    message,
    remedy: expect.stringContaining('Train coarse first'),
  });
});

test('counts labels, not regions, as channels, and not the ignore label', () => {
  const regions: ChannelDeclaration = {
    channel_names: { '0': 'CT', '1': 'PET' },
    labels: { background: 0, whole: [1, 2, 3], core: [2, 3], ignore: 4 },
    regions_class_order: [1, 2],
  };
  expect(countInputChannels({ previous_stage: '3d_lowres' }, regions)).toBe(5);
  expect(countInputChannels({}, regions)).toBe(2);
});
