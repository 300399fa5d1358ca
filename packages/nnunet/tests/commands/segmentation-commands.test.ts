import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommandLine } from '@fractura/command-line';
import { PythonReference, PythonTuple, readPickle, readTorchFile, writePickle } from '@fractura/torch-weights';
import { readNifti, readNpy, readNpz } from '@fractura/volume-io';
import { program } from '../../src/program.js';
import type { ExtendedSummary } from '../../src/evaluation/extended-summary.js';

const reference = fileURLToPath(new URL('../../../../../shared/reference', import.meta.url));
const checkpoints = join(reference, 'nnunet-checkpoint');
const evaluation = join(reference, 'nnunet-v2/vectors/evaluation');
const present = existsSync(checkpoints) && existsSync(evaluation);
if (!present) {
  console.warn(`${reference} is absent: the commands are not compared with nnU-Net`);
}
const compare = present ? describe : describe.skip;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fractura-segmentation-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fractura(...args: string[]): Promise<{ status: number; errors: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let errors = '';
  stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  stdout.resume();
  const streams = { stdout, stderr } as unknown as { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream };
  const status = await runCommandLine(program, args, streams);
  return { status, errors };
}

const modelOf = (variant: string) => {
  const models = join(checkpoints, variant, 'model');
  return join(models, readdirSync(models)[0]);
};

compare.each(['plain', 'resenc'])('real nnU-Net’s model %s', (variant) => {
  const predict = (output: string, ...options: string[]) =>
    fractura(
      ...['predict', '--engine', 'wasm', '-i', join(checkpoints, variant, 'imagesTs'), '-o', output],
      ...['-m', modelOf(variant), ...options],
    );

  test('predicts the labels and probabilities that nnU-Net predicts', async () => {
    const output = join(folder, variant);
    expect(await predict(output, '--disable_tta', '--save_probabilities')).toMatchObject({ status: 0 });
    const expected = join(checkpoints, variant, 'pred_no_tta');
    const names = readdirSync(expected).filter((name) => name.endsWith('.nii.gz'));
    expect(names).toHaveLength(4);
    for (const name of names) {
      const [ours, theirs] = await Promise.all([output, expected].map((place) => readNifti(join(place, name))));
      expect(ours.shape).toEqual(theirs.shape);
      const different = [...ours.data].filter((label, i) => label !== theirs.data[i]).length;
      expect(different).toBeLessThanOrEqual(1);
      const id = name.replace('.nii.gz', '');
      const probabilities = (await readNpz(join(output, `${id}.npz`))).get('probabilities')!;
      const wanted = await readNpy(join(expected, `${id}.prob.npy`));
      expect(probabilities.shape).toEqual(wanted.shape);
      const values = wanted.data as Float32Array;
      const largest = (probabilities.data as Float32Array).reduce(
        (most, value, i) => Math.max(most, Math.abs(value - values[i])),
        0,
      );
      expect(largest).toBeLessThan(4e-3);
    }
    for (const name of ['dataset.json', 'plans.json', 'predict_from_raw_data_args.json', 't1_plain64.pkl']) {
      expect(existsSync(join(output, name))).toBe(true);
    }
  });

  test('goes on where it was stopped, if asked to', async () => {
    const output = join(folder, variant);
    const kept = join(output, 't1_plain64.nii.gz');
    await writeFile(kept, 'already there');
    await rm(join(output, 't4_border.nii.gz'));
    const settings = ['--disable_tta', '--save_probabilities', '--continue_prediction'];
    expect(await predict(output, ...settings)).toMatchObject({ status: 0 });
    expect(await readFile(kept, 'utf8')).toBe('already there');
    expect(existsSync(join(output, 't4_border.nii.gz'))).toBe(true);
  });

  test('travels to our checkpoint and back without a change', async () => {
    const [own, back] = ['own', 'back'].map((step) => join(folder, `${variant}-${step}`, 'trainer__plans__2d'));
    expect(await fractura('weights', 'convert', modelOf(variant), own)).toMatchObject({ status: 0 });
    expect(await fractura('weights', 'convert', own, back)).toMatchObject({ status: 0 });
    const file = 'fold_0/checkpoint_final.pth';
    const [before, after] = await Promise.all(
      [modelOf(variant), back].map((place) => readTorchFile(join(place, file))),
    );
    if (!(before instanceof Map && after instanceof Map)) {
      throw new Error('a checkpoint is a dict');
    }
    expect([...after.keys()]).toEqual([...before.keys()]);
    const [weights, converted] = [before, after].map(
      (content) => content.get('network_weights') as Map<string, object>,
    );
    expect([...converted.keys()]).toEqual([...weights.keys()]);
    for (const [name, tensor] of weights) {
      const { shape, data } = tensor as { shape: number[]; data: Float32Array };
      expect(converted.get(name)).toMatchObject({ shape, data });
    }
    expect(after.get('current_epoch')).toBe(before.get('current_epoch'));
    expect(after.get('trainer_name')).toBe(before.get('trainer_name'));
  });

  test('is evaluated to the same summary, byte for byte', async () => {
    const cwd = process.cwd();
    process.chdir(join(checkpoints, variant));
    try {
      const output = join(folder, `${variant}.json`);
      const dataset = join(modelOf(variant), 'dataset.json');
      const options = ['--djfile', dataset, '--pfile', 'plans.json', '-o', output];
      expect(await fractura('evaluate', 'labelsTs', 'pred_tta', ...options)).toMatchObject({ status: 0 });
      expect(await readFile(output, 'utf8')).toBe(await readFile('summary_tta.json', 'utf8'));
    } finally {
      process.chdir(cwd);
    }
  });
});

compare('evaluate --extended', () => {
  test('adds distances and intervals beside what nnU-Net writes', async () => {
    const variant = join(checkpoints, 'plain');
    const output = join(folder, 'extended.json');
    const call = [
      'evaluate',
      join(variant, 'labelsTs'),
      join(variant, 'pred_tta'),
      '-l',
      '1',
      '-o',
      output,
      '--extended',
    ];
    expect(await fractura(...call)).toMatchObject({ status: 0 });
    const text = (await readFile(output, 'utf8')).replaceAll('NaN', 'null');
    const { extended, mean } = JSON.parse(text) as {
      extended: ExtendedSummary;
      mean: Record<string, { Dice: number }>;
    };
    const { dice, hausdorff, hausdorff95 } = extended.mean['1'];
    expect(dice.value).toBeCloseTo(mean['1'].Dice, 12);
    expect(dice.lower).toBeLessThanOrEqual(dice.value);
    expect(dice.upper).toBeGreaterThanOrEqual(dice.value);
    expect(hausdorff.value).toBeGreaterThanOrEqual(hausdorff95.value);
    expect(extended.cases.length).toBeGreaterThanOrEqual(dice.cases);
  });
});

compare('postprocessing', () => {
  test('is determined as by nnU-Net, byte for byte, and applied from its pickle', async () => {
    const predictions = join(folder, 'predictions');
    await cp(join(evaluation, 'images/pred'), predictions, { recursive: true });
    const dataset = join(folder, 'dataset.json');
    const json = { channel_names: { '0': 'x' }, labels: { background: 0, a: 1, b: 2 }, numTraining: 5 };
    await writeFile(dataset, JSON.stringify({ ...json, file_ending: '.png' }));
    const references = join(evaluation, 'images/gt');
    const options = ['-i', predictions, '-ref', references, '-dataset_json', dataset];
    expect(await fractura('determine_postprocessing', ...options)).toMatchObject({ status: 0 });
    expect(await readFile(join(predictions, 'postprocessing.json'), 'utf8')).toBe(
      await readFile(join(evaluation, 'postprocessing.json'), 'utf8'),
    );
    const output = join(folder, 'postprocessed');
    const pickle = join(predictions, 'postprocessing.pkl');
    const apply = ['-i', predictions, '-o', output, '-pp_pkl_file', pickle, '-dataset_json', dataset];
    expect(await fractura('apply_postprocessing', ...apply)).toMatchObject({ status: 0 });
    for (const name of readdirSync(output).filter((file) => file.endsWith('.png'))) {
      expect(await readFile(join(output, name))).toEqual(await readFile(join(predictions, 'postprocessed', name)));
    }
  });
});

test('a pickle that names another function than nnU-Net’s is refused by that name', async () => {
  const file = join(folder, 'postprocessing.pkl');
  await writePickle(file, PythonTuple.over([[new PythonReference('builtins.print')], [new Map([['x', 1]])]]));
  await expect(readPickle(file)).rejects.toMatchObject({ code: 'constructor-refused' });
  const { status, errors } = await fractura('apply-postprocessing', '-i', folder, '-o', folder, '-pp_pkl_file', file);
  expect(status).toBe(1);
  expect(errors).toContain('builtins.print');
});

test('predicting from nothing, or from a folder and an image, is refused with the remedy', async () => {
  const nothing = await fractura('predict', '-o', folder, '-m', folder);
  expect(nothing).toMatchObject({ status: 1, errors: expect.stringContaining('-i FOLDER') as unknown });
  const absent = await fractura('predict', '--engine', 'wasm', '-i', folder, '-o', folder, '-m', join(folder, 'no'));
  expect(absent).toMatchObject({ status: 1, errors: expect.stringContaining('no cannot be read') as unknown });
});
