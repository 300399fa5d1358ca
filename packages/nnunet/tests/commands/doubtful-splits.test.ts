import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { generateSplits, writeSplits, type Plans } from '@fractura/nnunet-format';
import { fractura } from '../support/fractura.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

let dataset: string;
let folders: readonly string[];

beforeAll(async () => {
  const root = await temporaryFolder('fractura-splits-');
  const { preprocessed, results } = await makeTinyDataset(root);
  folders = ['--preprocessed', preprocessed, '--results', results];
  dataset = join(preprocessed, 'Dataset921_Disks');
  const splits = generateSplits(Array.from({ length: 10 }, (_, n) => `disk_${n}`));
  splits[0].val.push(splits[0].train[0]);
  splits[1].val.push(splits[1].train[0], splits[1].train[1]);
  await writeSplits(join(dataset, 'splits_final.json'), splits.slice(0, 3));
});

const train = (fold: string) =>
  fractura(
    ...['train', '921', '2d', fold, ...folders, '--engine', 'wasm', '--workers', '0', '--epochs', '1'],
    ...['--iterations', '1', '--validation-iterations', '1'],
  );

test.each([
  ['0', /Warning: case disk_\d is on both sides of fold 0: its validation says nothing\./],
  ['1', /Warning: 2 cases are on both sides of fold 1, such as disk_\d: its validation says nothing\./],
  ['4', /splits_final\.json has no fold 4: taking a random \(but seeded\) 80:20 split\./],
])('what is doubtful in the split of fold %s is said where the user sees it', async (fold, words) => {
  const { status, errors } = await train(fold);
  expect(errors).toMatch(words);
  expect(status).toBe(0);
});

test('a fold of its own cases is not doubted', async () => {
  expect((await train('2')).errors).not.toMatch(/Warning|has no fold/);
});

test.each([
  [100_000, 4, /patch_size 100000 x 100000; a map of/],
  [16_000, 4096, /patch_size 16000 x 16000 with 4096 features, which takes \d{5} GiB; this machine has \d+\./],
])(
  'a patch of %d pixels a side with %d features is refused before anything is allocated',
  async (side, features, words) => {
    const file = join(dataset, 'nnUNetPlans.json');
    const plans = JSON.parse(await readFile(file, 'utf8')) as Plans;
    const plan = plans.configurations['2d'];
    plan.patch_size = [side, side];
    const kwargs = plan.architecture!.arch_kwargs as { features_per_stage: number[] };
    kwargs.features_per_stage = kwargs.features_per_stage.map(() => features);
    await writeFile(file, JSON.stringify(plans));
    const { status, errors } = await train('2');
    expect(errors).toMatch(words);
    expect(status).toBe(1);
  },
);
