import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import { chooseModelCutoff, readCutoff } from '../../src/index.js';
import { chooseCutoff } from '../../src/cutoff/choose-cutoff.js';
import { writeCutoff } from '../../src/cutoff/cutoff-file.js';
import { readFoldPredictions, writeFoldPredictions, type FoldPredictions } from '../../src/cutoff/fold-predictions.js';
import { foregroundProbability } from '../../src/cutoff/foreground-probability.js';
import { countThresholds, diceAt, thresholds } from '../../src/cutoff/threshold-counts.js';
import { validatedFolds } from '../../src/cutoff/validated-folds.js';

const at = (threshold: number) => thresholds.indexOf(threshold);
const count = (foreground: number[], reference: number[], ignoreLabel?: number) =>
  countThresholds(Float32Array.from(foreground), reference, ignoreLabel);

describe('counts by threshold', () => {
  test('thresholds are 0.05, 0.1 to 0.95', () => {
    expect(thresholds).toHaveLength(19);
    expect([thresholds[0], thresholds[2], thresholds[18]]).toEqual([0.05, 0.15, 0.95]);
  });

  test('a voxel counts below its probability, and in the overlap where the reference has any class', () => {
    const counts = count([0.02, 0.3125, 0.625, 0.97], [1, 0, 2, 1]);
    expect(counts.reference).toBe(3);
    expect(counts.largest).toBeCloseTo(0.97, 6);
    const told = (threshold: number) => [counts.predicted[at(threshold)], counts.overlap[at(threshold)]];
    expect([0.05, 0.3, 0.35, 0.6, 0.65, 0.95].map(told)).toEqual([
      [3, 2],
      [3, 2],
      [2, 2],
      [2, 2],
      [1, 1],
      [1, 1],
    ]);
  });

  test('a probability that equals the threshold is not above it', () => {
    expect(count([0.5, 0.25], [1, 1]).predicted[at(0.5)]).toBe(0);
    expect(count([0.5, 0.25], [1, 1]).predicted[at(0.25)]).toBe(1);
  });

  test('voxels with the ignore label count nowhere', () => {
    const counts = count([0.9, 0.9, 0.6], [1, 3, 0], 3);
    expect(counts).toMatchObject({ reference: 1 });
    expect([counts.predicted[at(0.5)], counts.overlap[at(0.5)]]).toEqual([2, 1]);
  });

  test('Dice is 2 overlap / (reference + predicted)', () => {
    const counts = count([0.9, 0.7, 0.4, 0.2], [1, 0, 1, 1]);
    expect(diceAt(counts, at(0.5))).toBeCloseTo(2 / 5, 12);
    expect(diceAt(counts, at(0.3))).toBeCloseTo(4 / 6, 12);
    expect(diceAt(count([0.1], [1]), at(0.5))).toBe(0);
    expect(diceAt(count([0.1], [0]), at(0.5))).toBeNaN();
  });
});

test('foreground is what the background leaves, or the most probable region', () => {
  const exclusive = foregroundProbability(Float32Array.of(0.75, 0.5, 0.125, 0.25, 0.125, 0.25), {
    segmentationHeads: 3,
    hasRegions: false,
  });
  expect([...exclusive]).toEqual([0.25, 0.5]);
  const regions = Float32Array.of(0.75, 0.125, 0.5, 0.25);
  expect([...foregroundProbability(regions, { segmentationHeads: 2, hasRegions: true })]).toEqual([0.75, 0.25]);
  expect([...regions]).toEqual([0.75, 0.125, 0.5, 0.25]);
});

describe('the cut-off', () => {
  /** Best at thresholds from 0.4 up to 0.55, where only the lesion itself is above. */
  const lesion = count([0.56, 0.56, 0.36, 0.36, 0.0625], [1, 1, 0, 0, 0]);
  const quiet = count([0.1, 0.2], [0, 0]);
  const alarm = count([0.72, 0.2], [0, 0]);

  test('has the best mean Dice over the cases with foreground, the lowest of equals', () => {
    expect(chooseCutoff([lesion, quiet, alarm])).toMatchObject({
      threshold: 0.4,
      dice: 1,
      falseAlarms: 0.5,
      cases: [1, 2],
    });
    const second = count([0.3, 0.0625], [1, 0]);
    // Both lesions are found up to 0.25: (2 / 3 + 1) / 2; above that 1 / 2 at best.
    const both = chooseCutoff([lesion, second])!;
    expect(both).toMatchObject({ threshold: 0.1, cases: [2, 0], falseAlarms: null });
    expect(both.dice).toBeCloseTo(5 / 6, 12);
    expect(both.candidates).toHaveLength(19);
  });

  test('keeps to a share of false alarms, at the price of Dice', () => {
    const strict = chooseCutoff([lesion, quiet, alarm], { mostFalseAlarms: 0.2 })!;
    expect(strict).toMatchObject({ threshold: 0.75, dice: 0, falseAlarms: 0 });
    expect(chooseCutoff([lesion, quiet, alarm], { mostFalseAlarms: 0.5 })!.threshold).toBe(0.4);
  });

  test('has the fewest false alarms where no threshold has as few as wanted, and of these the best Dice', () => {
    const loud = count([0.99, 0.2], [0, 0]);
    const chosen = chooseCutoff([lesion, loud, alarm], { mostFalseAlarms: 0.1 })!;
    expect(chosen).toMatchObject({ threshold: 0.75, falseAlarms: 0.5 });
    const always = chooseCutoff([lesion, loud], { mostFalseAlarms: 0.1 })!;
    expect(always).toMatchObject({ threshold: 0.4, dice: 1, falseAlarms: 1 });
  });

  test('takes any number of false alarms where there are no empty cases', () => {
    expect(chooseCutoff([lesion], { mostFalseAlarms: 0 })).toMatchObject({ threshold: 0.4, falseAlarms: null });
  });

  test('is none where no case has foreground', () => {
    expect(chooseCutoff([quiet, alarm])).toBeUndefined();
    expect(chooseCutoff([])).toBeUndefined();
  });
});

describe('cutoff.json', () => {
  const lesion = count([0.56, 0.36], [1, 0]);

  test('comes back as it was written, and is absent where none was chosen', async () => {
    const folder = await temporaryFolder('cutoff-');
    expect(await readCutoff(folder)).toBeUndefined();
    const cutoff = chooseCutoff([lesion])!;
    await writeCutoff(folder, cutoff);
    expect(await readCutoff(folder)).toEqual(cutoff);
    expect(await readFile(join(folder, 'cutoff.json'), 'utf8')).toMatch(/^\{\n {2}"threshold": 0.4,\n[^]*\}\n$/);
  });

  test.each(['{"threshold": 1}', '{"threshold": 0}', '{"threshold": "0.4"}', '{}', 'null', '[]', 'not JSON', ''])(
    'with %s is refused by its name',
    async (text) => {
      const folder = await temporaryFolder('cutoff-');
      await writeFile(join(folder, 'cutoff.json'), text);
      await expect(readCutoff(folder)).rejects.toMatchObject({
        code: 'cutoff-invalid',
        message: expect.stringContaining(join(folder, 'cutoff.json')) as unknown,
      });
    },
  );

  test('is chosen on the predictions of all folds of a model', async () => {
    const folder = await temporaryFolder('cutoff-');
    const told: FoldPredictions[] = [
      { a: { ...lesion, presence: [0.75] }, b: count([0.5], [0]) },
      { c: count([0.9, 0.8], [1, 0]) },
    ];
    for (const [fold, predictions] of told.entries()) {
      const validation = join(folder, `fold_${fold}`, 'validation');
      await mkdir(validation, { recursive: true });
      await writeFoldPredictions(validation, predictions);
      expect(await readFoldPredictions(validation)).toEqual(predictions);
    }
    await mkdir(join(folder, 'fold_2', 'validation'), { recursive: true });
    expect(await validatedFolds(folder)).toEqual([0, 1]);

    expect(await chooseModelCutoff({ modelFolder: folder, folds: [0, 1, 2] })).toBeUndefined();
    expect(await readCutoff(folder)).toBeUndefined();

    const cutoff = await chooseModelCutoff({ modelFolder: folder, folds: [0, 1] });
    expect(cutoff).toMatchObject({ threshold: 0.4, cases: [2, 1], falseAlarms: 1 });
    expect(cutoff!.dice).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(await readCutoff(folder)).toEqual(cutoff);
  });
});
