import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FoldSplit, Plans } from '@fractura/nnunet-format';
import { useEngine } from '@fractura/tfjs-engine';
import { readUnetCheckpoint } from '@fractura/unet-model';
import { openTraining, trainFolds } from '../../src/index.js';
import { fractura } from '../support/fractura.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

let root: string;
let preprocessed: string;
let results: string;
let dataset: string;
let model: string;

/** Fold 0 is finished, fold 1 was interrupted. */
beforeAll(async () => {
  root = await temporaryFolder('fractura-other-arguments-');
  ({ preprocessed, results } = await makeTinyDataset(root));
  dataset = join(preprocessed, 'Dataset921_Disks');
  model = modelOf('nnUNetTrainer_2epochs');
  expect(await train('0')).toMatchObject({ status: 0 });
  await useEngine({ prefer: 'wasm' });
  const training = await openTraining({ preprocessed, results, dataset: '921', configuration: '2d', epochs: 2 });
  const controller = new AbortController();
  const interrupted = trainFolds({
    training,
    folds: [1],
    iterations: 2,
    validationIterations: 1,
    workers: 0,
    signal: controller.signal,
    onProgress: ({ done }) => {
      if (done > 0) {
        controller.abort();
      }
    },
  });
  await expect(interrupted).rejects.toMatchObject({ name: 'AbortError' });
});

const modelOf = (trainer: string) => join(results, 'Dataset921_Disks', `${trainer}__nnUNetPlans__2d`);
const checkpoint = (name: string) => readUnetCheckpoint(join(model, `${name}.safetensors`));
const train = (fold: string, ...more: string[]) =>
  fractura(
    ...['train', '921', '2d', fold, '--preprocessed', preprocessed, '--results', results, '--engine', 'wasm'],
    ...[
      '--iterations',
      '2',
      '--validation-iterations',
      '1',
      '--workers',
      '0',
      ...(more.includes('--epochs') ? [] : ['--epochs', '2']),
    ],
    ...more,
  );

/** Gives a file other content for as long as the work takes. */
async function whileChanged<Result>(
  file: string,
  change: (content: Buffer) => string | Uint8Array,
  work: () => Result,
) {
  const before = await readFile(file);
  await writeFile(file, change(before));
  try {
    return await work();
  } finally {
    await writeFile(file, before);
  }
}

const changePlan = (change: (plan: Plans['configurations'][string]) => void) => (text: Buffer) => {
  const plans = JSON.parse(text.toString()) as Plans;
  change(plans.configurations['2d']);
  return JSON.stringify(plans);
};

function expectRefusal({ status, errors }: { status: number; errors: string }, folder: string, words: RegExp) {
  expect(errors).toContain(`${folder} holds a training with`);
  expect(errors).toMatch(words);
  expect(errors).toContain('train into another folder, or begin anew with --restart');
  expect(status).toBe(1);
}

const digest = '[0-9a-f]{64}';

describe.each([
  ['finished', '0'],
  ['interrupted', '1'],
])('a training that is %s', (_, fold) => {
  const folder = () => join(model, `fold_${fold}`);

  test.each([
    [['--learning-rate', '0.02'], /learningRate 0\.01; now it is 0\.02/],
    [['--momentum', '0.5'], /momentum 0\.99; now it is 0\.5/],
    [['--seed', '1'], /seed 0; now it is 1/],
    [['--batch', '3'], /batchSize 2; now it is 3/],
    [['--iterations', '3'], /iterationsPerEpoch 2; now it is 3/],
    [['--augmentation', 'light'], /augmentation default; now it is light/],
    [['--augmentation', 'none'], /inference_allowed_mirroring_axes \[0,1\]; now it is null/],
    [['--empty-share', '0.5'], /emptyShare (null|absent); now it is 0\.5/],
  ])('is not continued with %j', async (more, words) => {
    expectRefusal(await train(fold, ...more), folder(), words);
  });

  test('is not continued with pretrained weights', async () => {
    const given = join(root, 'given.safetensors');
    await cp(join(model, 'fold_0', 'checkpoint_final.safetensors'), given);
    expectRefusal(
      await train(fold, '--pretrained-weights', given),
      folder(),
      new RegExp(`pretrained null; now it is ${digest}`),
    );
  });

  test('is not continued by another plan, which does not replace that of the model', async () => {
    const before = await readFile(join(model, 'plans.json'), 'utf8');
    const change = changePlan((plan) => {
      plan.patch_size = [64, 32];
    });
    const refused = await whileChanged(join(dataset, 'nnUNetPlans.json'), change, () => train(fold));
    expectRefusal(refused, model, /plans\.configurations\.2d\.patch_size \[32,32\]; now it is \[64,32\]/);
    expect(await readFile(join(model, 'plans.json'), 'utf8')).toBe(before);
  });

  test('is not continued on other images', async () => {
    const [split] = await splits();
    const image = join(dataset, 'nnUNetPlans_2d', `${split.train[0]}.npy`);
    const refused = await whileChanged(
      image,
      (bytes) => new Uint8Array([...bytes.subarray(0, -4), 0, 0, 0, 0]),
      () => train(fold),
    );
    expectRefusal(refused, folder(), new RegExp(`data ${digest}; now it is ${digest}`));
  });

  test('is not continued on another split', async () => {
    const change = (text: Buffer) => {
      const all = JSON.parse(text.toString()) as FoldSplit[];
      for (const split of all) {
        split.train.push(split.val.pop()!);
      }
      return JSON.stringify(all);
    };
    const refused = await whileChanged(join(dataset, 'splits_final.json'), change, () => train(fold));
    expectRefusal(refused, folder(), new RegExp(`data ${digest}; now it is ${digest}`));
  });

  test.each([
    ['nnUNetTrainerNoMirroring_2epochs', [], /inference_allowed_mirroring_axes \[0,1\]; now it is null/],
    ['SmallLesionsTrainer_2epochs', ['--encoder', 'plan'], /recipe\.name nnunet; now it is small-lesions/],
  ])('is not continued by %s, whose folder holds a copy of it', async (trainer, more, words) => {
    const copy = modelOf(trainer);
    await cp(model, copy, { recursive: true });
    expectRefusal(await train(fold, '-tr', trainer, ...more), join(copy, `fold_${fold}`), words);
    await rm(copy, { recursive: true });
  });

  test('keeps its debug.json when arguments are refused', async () => {
    const before = await readFile(join(folder(), 'debug.json'), 'utf8');
    await train(fold, '--seed', '1');
    expect(await readFile(join(folder(), 'debug.json'), 'utf8')).toBe(before);
  });

  test('goes on by the same command, or is said to be finished', async () => {
    const { status, errors } = await train(fold);
    expect(errors).toMatch(fold === '0' ? /Fold 0 is finished/ : /Fold 1 goes on from checkpoint_latest/);
    expect(status).toBe(0);
    expect((await checkpoint(`fold_${fold}/checkpoint_final`)).record.state.epoch).toBe(2);
  });
});

test('a finished fold validates and predicts while the data set has another plan', async () => {
  const change = changePlan((plan) => {
    plan.batch_size = 3;
  });
  await whileChanged(join(dataset, 'nnUNetPlans.json'), change, async () => {
    expect(await train('0', '--val')).toMatchObject({ status: 0 });
    const images = join(root, 'raw', 'Dataset921_Disks', 'imagesTr');
    const predicted = await fractura(
      ...['predict', '-i', images, '-o', join(root, 'predicted'), '-m', model, '-f', '0', '--engine', 'wasm'],
    );
    expect(predicted).toMatchObject({ status: 0 });
  });
});

test('--continue-from adds epochs to a finished training, in the folder of the longer one', async () => {
  const longer = await train('0', '--epochs', '3', '--continue-from', model);
  expect(longer).toMatchObject({ status: 0 });
  expect(longer.errors).toContain(`Fold 0 continues that of ${model}`);
  const file = join(modelOf('nnUNetTrainer_3epochs'), 'fold_0', 'checkpoint_final.safetensors');
  const { record } = await readUnetCheckpoint(file);
  const { record: before } = await checkpoint('fold_0/checkpoint_final');
  expect(record.init_args).toEqual({ ...before.init_args, epochs: 3 });
  expect(record.state.log.train_losses.slice(0, 2)).toEqual(before.state.log.train_losses);
  expect(record.state.log.train_losses).toHaveLength(3);
});

test('--restart begins anew; another plan only when all trained folds do', async () => {
  expect(await train('0', '--restart', '--learning-rate', '0.02')).toMatchObject({ status: 0 });
  const { record } = await checkpoint('fold_0/checkpoint_final');
  expect(record.init_args.recipe!.settings).toMatchObject({ learningRate: 0.02 });
  const change = changePlan((plan) => {
    plan.batch_size = 3;
  });
  await whileChanged(join(dataset, 'nnUNetPlans.json'), change, async () => {
    expectRefusal(await train('0', '--restart'), model, /batch_size 2; now it is 3/);
    expect(await train('0,1', '--restart')).toMatchObject({ status: 0 });
  });
  expect((await checkpoint('fold_1/checkpoint_final')).record.init_args.batchSize).toBe(3);
});

const splits = async () => JSON.parse(await readFile(join(dataset, 'splits_final.json'), 'utf8')) as FoldSplit[];
