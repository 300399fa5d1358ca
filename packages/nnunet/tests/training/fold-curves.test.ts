import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import type { TrainingLog } from '@fractura/unet-model';
import type { FoldJob } from '../../src/training/fold-job.js';
import { FoldCurves } from '../../src/training/fold-curves.js';

const path = useTemporaryFolder('fractura-curves-');

const job = (changes: Partial<FoldJob> = {}): FoldJob => ({
  fold: 3,
  dataset: path('preprocessed/Dataset921_Disks'),
  cases: path('preprocessed/Dataset921_Disks/nnUNetPlans_2d'),
  modelFolder: path('results/Dataset921_Disks/model'),
  configuration: '2d',
  trainer: { name: 'nnUNetTrainer_4epochs', epochs: 4, recipe: 'nnunet', augmentation: 'default' },
  train: true,
  validate: true,
  seed: 7,
  track: ['jsonl'],
  ...changes,
});
const log = (epochs: number): TrainingLog => {
  const list = (of: (epoch: number) => number) => Array.from({ length: epochs }, (_, epoch) => of(epoch));
  return {
    mean_fg_dice: list(() => NaN),
    ema_fg_dice: list((epoch) => epoch / 10),
    dice_per_class_or_region: list(() => 0).map(() => [0]),
    train_losses: list((epoch) => -epoch),
    val_losses: list((epoch) => -epoch / 2),
    lrs: list(() => 0.01),
    epoch_start_timestamps: list((epoch) => 100 * epoch),
    epoch_end_timestamps: list((epoch) => 100 * epoch + 60),
  };
};
const warnings: string[] = [];
const open = (of: FoldJob) => FoldCurves.open(of, (line) => warnings.push(line));
const lines = (file = 'results/Dataset921_Disks/model/tracking/jsonl/fold_3.jsonl') =>
  readFileSync(path(file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a fold is a run of its model, with its settings, every epoch and the validation’s Dice', async () => {
  const curves = await open(job());
  await curves.add(log(1));
  await curves.finish(0.25);
  const [run, epoch, end] = lines();
  expect(run).toMatchObject({
    experiment: 'Dataset921_Disks model',
    run: 'fold_3',
    parameters: { trainer: 'nnUNetTrainer_4epochs', epochs: 4, configuration: '2d', seed: 7 },
  });
  expect(epoch).toMatchObject({ step: 0, time: 60, 'loss/train': 0, 'dice/moving_average': 0, epoch_seconds: 60 });
  expect(epoch.memory_mib).toBeGreaterThan(1);
  expect(epoch).not.toHaveProperty('dice/mean');
  expect(end).toMatchObject({ 'validation/mean_dice': 0.25 });
});

test('epochs that an interrupted training did not keep are added when it goes on', async () => {
  await (await open(job())).add(log(1));
  await (await open(job())).add(log(3));
  expect(lines().map(({ step }) => step)).toEqual([undefined, 0, 1, 2]);
});

test('a training that begins anew begins its curves anew, and the folder can be another', async () => {
  await (await open(job({ trackFolder: path('elsewhere') }))).add(log(3));
  await (await open(job({ trackFolder: path('elsewhere'), restart: true }))).add(log(1));
  expect(lines('elsewhere/jsonl/fold_3.jsonl').map(({ step }) => step)).toEqual([undefined, 0]);
});

test('the last epoch’s example is kept as a picture, and runs are named as asked for', async () => {
  const curves = await open(job({ trackExperiment: 'search', trackRun: 'point-1' }));
  const mask = (at: number) => Uint8Array.from({ length: 6 }, (_, i) => Number(i === at));
  const example = {
    width: 3,
    height: 2,
    image: Float32Array.of(0, 1, 2, 3, 4, 5),
    reference: mask(1),
    prediction: mask(2),
  };
  await curves.add(log(2), example);
  const folder = 'results/Dataset921_Disks/model/tracking/jsonl/point-1_fold_3';
  expect(lines(`${folder}.jsonl`)[0]).toMatchObject({ experiment: 'search', run: 'point-1_fold_3' });
  const png = readFileSync(path(`${folder}/example/00001.png`));
  // Twice its width and the gap between.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([10, 2]);
});

test('a server that does not answer ends no training, only its beginning', async () => {
  const server = createServer((_request, answer) =>
    answer.end('{"experiment": {"experiment_id": "1"}, "run": {"info": {}}}'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const of = job({ track: ['mlflow'], trackServer: `http://127.0.0.1:${port}` });
  const curves = await open(of);
  await new Promise((resolve) => {
    server.close(resolve).closeAllConnections();
  });
  await curves.add(log(1));
  expect(warnings.at(-1)).toMatch(/^Curves were not sent: The MLflow server .* does not answer/);
  await expect(open(of)).rejects.toMatchObject({ code: 'server-unreachable' });
});
