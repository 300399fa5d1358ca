import { formulaWeights } from '@fractura/testing';
import { buildClassifier } from '@fractura/backbones';
import { useEngine } from '@fractura/tfjs-engine';
import { MixedPrecision, type StateDict } from '@fractura/tfjs-training';
import { beforeAll, expect, test } from '@jest/globals';
import { balancedRecipe } from '../../src/index.js';
import { openNetwork } from '../../src/training/open-network.js';

beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
});

test('from pretrained weights the classifying layer begins at zero, and all else as they are', () => {
  const published = buildClassifier({ name: 'efficientnet-lite0', inputChannels: 1, classes: 1000, seed: 1 });
  const state = published.state.flatMap((entry): [string, number[]][] =>
    'count' in entry ? [] : [[entry.name, [...entry.torchShape]]],
  );
  const pretrained: StateDict = formulaWeights(state, 3);
  published.dispose();
  const { network, optimizer, averaged } = openNetwork({
    name: 'efficientnet-lite0',
    inputChannels: 1,
    classes: 2,
    recipe: balancedRecipe({ pretrained: true }),
    precision: new MixedPrecision('float32'),
    seed: 5,
    pretrained,
  });
  const valuesOf = (name: string) => [...network.parameters.find((each) => each.name === name)!.variable.dataSync()];
  expect(valuesOf('_fc.weight').every((value) => value === 0)).toBe(true);
  expect(valuesOf('_fc.weight')).toHaveLength(2 * 1280);
  expect(valuesOf('_fc.bias')).toEqual([0, 0]);
  expect(valuesOf('_bn1.weight')).toEqual([...pretrained.get('_bn1.weight')!.data].map(Number));
  network.dispose();
  optimizer.dispose();
  averaged?.dispose();
});
