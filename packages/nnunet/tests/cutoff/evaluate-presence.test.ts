import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { rocAuc } from '@fractura/metrics';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { evaluatePresence, type CasePrediction } from '../../src/index.js';
import { writeFoldPredictions } from '../../src/cutoff/fold-predictions.js';

/** A case with so many voxels of foreground, of which the network is at most so sure. */
const predicted = (reference: number, largest: number): CasePrediction => ({
  reference,
  largest,
  predicted: [],
  overlap: [],
});

const folds: Record<string, CasePrediction>[] = [
  { a: predicted(5, 0.9), b: predicted(0, 0.2), c: predicted(3, 0.4) },
  { d: predicted(0, 0.5), e: predicted(9, 0.8), f: predicted(1, 0.7), g: predicted(0, 0.1), h: predicted(2, 0.6) },
];

async function modelWith(predictions: readonly Record<string, CasePrediction>[]): Promise<string> {
  const model = await temporaryFolder();
  for (const [fold, own] of predictions.entries()) {
    const validation = join(model, `fold_${fold}`, 'validation');
    await makeFolder(validation);
    await writeFoldPredictions(validation, own);
  }
  return model;
}

test('every case is judged by the probability that it shows anything, in the order of the folds', async () => {
  const { cases } = await evaluatePresence({ modelFolder: await modelWith(folds), folds: [0, 1] });
  expect(cases.map((judged) => judged.case)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  expect(cases[2]).toEqual({ case: 'c', lesion: true, probability: 0.4 });
});

test('the area is that of the ROC curve, with an interval; false alarms are those where so many lesions are found', async () => {
  const model = { modelFolder: await modelWith(folds), folds: [0, 1] };
  const { auc, falseAlarms } = await evaluatePresence(model);
  expect(auc.value).toBe(
    rocAuc({ labels: [1, 0, 1, 0, 1, 1, 0, 1], scores: [0.9, 0.2, 0.4, 0.5, 0.8, 0.7, 0.1, 0.6] }),
  );
  expect(auc.lower).toBeLessThan(auc.value);
  expect(auc.upper).toBe(1);
  // Four of five lesions score 0.6 and more, as no other case does; the fifth scores below one that shows nothing.
  expect(falseAlarms).toBe(0);
  expect((await evaluatePresence({ ...model, sensitivity: 1 })).falseAlarms).toBeCloseTo(1 / 3, 12);
});

test('groups are drawn whole', async () => {
  const model = { modelFolder: await modelWith(folds), folds: [0, 1] };
  const { auc } = await evaluatePresence({ ...model, groupOf: () => 0 });
  expect(auc).toMatchObject({ lower: NaN, upper: NaN });
});

test('folds in which every case has a lesion are refused', async () => {
  const modelFolder = await modelWith([{ a: predicted(5, 0.9) }]);
  await expect(evaluatePresence({ modelFolder, folds: [0] })).rejects.toMatchObject({
    code: 'classes-missing',
    message: `1 of the 1 validation cases in ${modelFolder} have a lesion.`,
  });
});
