import { cp, readdir, readFile } from 'node:fs/promises';
import { dirname, basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { runCommandLine } from '@fractura/command-line';
import { type Plans } from '@fractura/nnunet-format';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { plannerCommands } from '../src/commands.js';
import { planDataset } from '../src/index.js';
import { rawDataset } from './raw-dataset.js';

/** Runs the package's program; `raw` and `preprocessed` go through the environment, as with nnU-Net. */
async function run(line: string, places: { raw?: string; preprocessed?: string } = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const text = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const names = { nnUNet_raw: places.raw, nnUNet_preprocessed: places.preprocessed };
  for (const [name, value] of Object.entries(names)) {
    if (value !== undefined) {
      process.env[name] = value;
    }
  }
  const program = { name: 'nnunet-planner', version: '0', summary: 'Plans.', commands: plannerCommands };
  const status = await runCommandLine(program, line.split(' '), { stdout, stderr } as never);
  for (const name of Object.keys(names)) {
    Reflect.deleteProperty(process.env, name);
  }
  return { status, ...text };
}

async function places() {
  const folder = await rawDataset('.png', { pixels: [24, 20] });
  const preprocessed = await temporaryFolder('preprocessed-');
  return { raw: dirname(folder), preprocessed, name: basename(folder) };
}

test('nnU-Net’s own spelling plans and preprocesses, folders from the environment', async () => {
  const { name, ...folders } = await places();
  const line =
    `plan_and_preprocess -d ${name} -c 2d 3d_fullres -pl ResEncUNetPlanner -gpu_memory_target 2 -overwrite_plans_name mine ` +
    '-overwrite_target_spacing 999 2 2 --verify_dataset_integrity --clean -np 1 -npfp 1 -fpe DatasetFingerprintExtractor';
  const { status, stderr } = await run(line, folders);
  expect({ status, passedOver: stderr.includes('mine has no configuration 3d_fullres: passed over') }).toEqual({
    status: 0,
    passedOver: true,
  });
  const folder = join(folders.preprocessed, name);
  const plans = JSON.parse(await readFile(join(folder, 'mine.json'), 'utf8')) as Plans;
  expect(plans).toMatchObject({ plans_name: 'mine', experiment_planner_used: 'ResEncUNetPlanner' });
  expect(plans.configurations['2d'].spacing).toEqual([2, 2]);
  expect(await readdir(folder)).toEqual(
    expect.arrayContaining(['dataset.json', 'dataset_fingerprint.json', 'gt_segmentations', 'nnUNetPlans_2d']),
  );
  expect((await readdir(join(folder, 'nnUNetPlans_2d'))).length).toBe(7);
}, 60_000);

test('--no_pp plans only, --explain says why, and a later preprocess goes on from there', async () => {
  const { name, ...folders } = await places();
  // A fingerprint of few draws, which the commands then find: the full hundred million take seconds.
  await planDataset({ folder: join(folders.raw, name), outputFolder: join(folders.preprocessed, name), samples: 1000 });
  const planned = await run(`plan-and-preprocess -d ${name} --no_pp --explain -npfp 1`, folders);
  expect(planned).toMatchObject({ status: 0 });
  expect(planned.stdout).toContain('2d: patch');
  expect(planned.stdout).toMatch(/This batch takes about [\d.]+ of 8 GB/);
  expect(await readdir(join(folders.preprocessed, name))).not.toContain('nnUNetPlans_2d');
  expect(await run(`preprocess -d ${name} -c 2d -plans_name nnUNetPlans`, folders)).toMatchObject({ status: 0 });
}, 60_000);

test('--plan-for cpu writes smaller plans beside nnU-Net’s own, and both use the same cases', async () => {
  const { name, ...folders } = await places();
  const preprocessed = join(folders.preprocessed, name);
  await planDataset({ folder: join(folders.raw, name), outputFolder: preprocessed, samples: 1000 });
  const { status, stdout } = await run(
    `plan-and-preprocess -d ${name} -c 2d --plan-for cpu --explain -npfp 1`,
    folders,
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/2d for a processor: features .* GFLOP instead of/);
  const [own, smaller] = await Promise.all(
    ['nnUNetPlans', 'nnUNetPlans_cpu'].map(
      async (plans) => JSON.parse(await readFile(join(preprocessed, `${plans}.json`), 'utf8')) as Plans,
    ),
  );
  const features = ({ configurations }: Plans) =>
    (configurations['2d'].architecture!.arch_kwargs as { features_per_stage: number[] }).features_per_stage[0];
  expect(features(smaller)).toBeLessThan(features(own));
  expect(smaller.configurations['2d'].data_identifier).toBe('nnUNetPlans_2d');
  expect(own.configurations['2d'].data_identifier).toBe('nnUNetPlans_2d');
  expect(await readdir(join(preprocessed, 'nnUNetPlans_2d'))).toHaveLength(7);
}, 60_000);

test('the check alone says what is sound', async () => {
  const { name, raw } = await places();
  const { status, stdout } = await run(`verify-dataset-integrity -d ${name} --raw ${raw}`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${name}: 2 cases are sound\n` });
});

test.each([
  ['plan -d 7 --gpu-memory-taget 2', 2, 'Did you mean --gpu-memory-target?'],
  ['plan -d 7 -pl NoPlanner', 2, 'NoPlanner'],
  ['plan', 2, 'dataset'],
  ['plan -d 7', 1, 'nnUNet_raw is not known'],
  ['preprocess -d 7 --raw nowhere --preprocessed nowhere', 1, 'No data set 007'],
])('%s ends with status %d and says "%s"', async (line, expected, says) => {
  const { status, stderr } = await run(line);
  expect({ status, says: stderr.includes(says), stderr }).toEqual({ status: expected, says: true, stderr });
});

test('plans are moved to another data set in nnU-Net’s spelling, and it can be preprocessed by them', async () => {
  const { name, ...folders } = await places();
  const preprocessed = join(folders.preprocessed, name);
  await planDataset({ folder: join(folders.raw, name), outputFolder: preprocessed, samples: 1000 });
  const other = 'Dataset008_Others';
  await cp(join(folders.raw, name), join(folders.raw, other), { recursive: true });
  const { status, stdout } = await run(
    `move_plans_between_datasets -s ${name} -t 8 -sp nnUNetPlans -tp ofSeven --json`,
    folders,
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ dataset_name: other, plans_name: 'ofSeven' });
  expect(await run(`preprocess -d 8 -p ofSeven -c 2d -np 1`, folders)).toMatchObject({ status: 0 });
  expect(await readdir(join(folders.preprocessed, other))).toEqual([
    'dataset.json',
    'gt_segmentations',
    'ofSeven.json',
    'ofSeven_2d',
  ]);
}, 60_000);

test.each([
  ['-s Dataset007_A -t 8 -sp ../x', /unsafe-name/],
  ['-s Dataset007_A -t 8 -sp mine', /plans-missing/],
  ['-s Dataset007_A -t 9 -sp nnUNetPlans', /dataset-unknown/],
  ['-s 7 -t 8', /--source-plans/],
])('move-plans-between-datasets %s is refused', async (line, says) => {
  const { name, ...folders } = await places();
  await cp(join(folders.raw, name), join(folders.raw, 'Dataset008_Others'), { recursive: true });
  const { status, stdout } = await run(`move-plans-between-datasets ${line} --json`, folders);
  expect(status).toBeGreaterThan(0);
  expect(stdout).toMatch(says);
});
