import { expect, test } from '@jest/globals';
import { readClassifierWeights } from '../../src/stages/classifier-weights.js';
import { checkWeights } from '../../src/run/check-weights.js';

const lite = { classifierNetwork: 'efficientnet-lite0', encoder: 'efficientnet-lite0' } as const;

test('the encoder of the own segmenter comes by its published names', async () => {
  const weights = await readClassifierWeights({ ...lite, classifierWeights: 'segmenter' }, undefined);
  expect(weights!.get('_conv_stem.weight')!.shape).toEqual([32, 1, 3, 3]);
  expect([...weights!.keys()].every((name) => /^_(conv_stem|bn0|blocks)\b/.test(name))).toBe(true);
});

test('without weights on this machine, or of another network, classifiers begin from scratch', async () => {
  const wanted = { ...lite, classifierWeights: 'encoder' } as const;
  expect(await readClassifierWeights(wanted, undefined)).toBeUndefined();
  expect(await readClassifierWeights({ ...wanted, classifierNetwork: 'resnet18' }, 'weights.pth')).toBeUndefined();
  expect(await readClassifierWeights({ ...lite, classifierWeights: 'none' }, 'weights.pth')).toBeUndefined();
});

test('films that the own segmenter was trained on do not test what begins with it', () => {
  const check = (data: Parameters<typeof checkWeights>[0]) => () => {
    checkWeights(data, { classifierWeights: 'segmenter' });
  };
  expect(check('FracAtlas')).toThrow(expect.objectContaining({ code: 'setting-invalid' }));
  expect(check(undefined)).not.toThrow();
  expect(check({ images: 'films', annotations: 'films.json' })).not.toThrow();
});
