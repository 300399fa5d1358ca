import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import type { ExtendedSummary } from '../../src/evaluation/extended-summary.js';
import { fractura } from '../support/fractura.js';
import { folderOf, modelOf, variants } from '../support/reference-models.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

test.each(variants)('writes the summary of %s that nnU-Net writes, byte for byte', async (variant) => {
  const cwd = process.cwd();
  process.chdir(folderOf(variant));
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

test('labels given by number are compared as those of the dataset.json that prediction leaves in its folder', async () => {
  const predictions = join(folder, 'predictions');
  await cp(join(folderOf('plain'), 'pred_tta'), predictions, { recursive: true });
  const references = join(folderOf('plain'), 'labelsTs');
  const evaluate = async (...options: string[]) => {
    const { status, output } = await fractura('evaluate', references, predictions, '--json', ...options);
    expect(status).toBe(0);
    return JSON.parse(output) as unknown;
  };
  const byNumber = await evaluate('-l', '1');
  await cp(join(modelOf('plain'), 'dataset.json'), join(predictions, 'dataset.json'));
  expect(await evaluate()).toEqual(byNumber);
});

test('adds distances and intervals beside what nnU-Net writes', async () => {
  const [references, predictions] = ['labelsTs', 'pred_tta'].map((name) => join(folderOf('plain'), name));
  const output = join(folder, 'extended.json');
  const call = ['evaluate', references, predictions, '-l', '1', '-o', output, '--extended'];
  expect(await fractura(...call)).toMatchObject({ status: 0 });
  const text = (await readFile(output, 'utf8')).replaceAll('NaN', 'null');
  const { extended, mean } = JSON.parse(text) as { extended: ExtendedSummary; mean: Record<string, { Dice: number }> };
  const { dice, hausdorff, hausdorff95 } = extended.mean['1'];
  expect(dice.value).toBeCloseTo(mean['1'].Dice, 12);
  expect(dice.lower).toBeLessThanOrEqual(dice.value);
  expect(dice.upper).toBeGreaterThanOrEqual(dice.value);
  expect(hausdorff.value).toBeGreaterThanOrEqual(hausdorff95.value);
  expect(extended.cases.length).toBeGreaterThanOrEqual(dice.cases);
});

test('says what to give where it is not known which labels there are', async () => {
  const plain = folderOf('plain');
  const { status, errors } = await fractura('evaluate', join(plain, 'labelsTs'), join(plain, 'pred_no_tta'));
  expect(status).toBe(2);
  expect(errors).toContain('--djfile');
});
