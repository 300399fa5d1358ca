import { buildResnet } from '@fractura/backbones';
import { useEngine } from '@fractura/tfjs-engine';
import { beforeAll, expect, test } from '@jest/globals';
import { balancedRecipe, originalRecipe, plainRecipe } from '../../src/index.js';

beforeAll(() => useEngine({ prefer: 'wasm' }));

const at = (epoch: number, epochs: number, iteration = 0) => ({ epoch, epochs, iteration, iterationsPerEpoch: 10 });

test("the original recipe is the first study's", () => {
  const recipe = originalRecipe();
  expect(recipe).toMatchObject({ name: 'original', epochs: 50, batchSize: 32, sampling: 'each', labelSmoothing: 0 });
  expect(recipe.augmentation).toEqual({
    horizontalFlip: 0.5,
    verticalFlip: 0.5,
    shift: 0,
    rotation: 10,
    blur: [0.1, 2],
  });
  expect(recipe.keep).toBe('last');
  // torch.optim.lr_scheduler.StepLR(10, 0.1) from 1e-3, which multiplies and so rounds.
  const rates = [0, 9, 10, 19, 20, 49].map((epoch) => recipe.learningRate(at(epoch, 50)));
  expect(rates).toEqual([1e-3, 1e-3, 1e-4, 1e-4, 1e-3 * 0.1 * 0.1, 1e-3 * 0.1 * 0.1 * 0.1 * 0.1]);
});

test('the balanced recipe warms up along steps and ends near 0', () => {
  const { learningRate } = balancedRecipe({ warmUp: 0.1 });
  expect(learningRate(at(0, 10, 0))).toBeCloseTo(1e-4, 10);
  expect(learningRate(at(0, 10, 9))).toBeCloseTo(1e-3, 10);
  expect(learningRate(at(9, 10, 9))).toBeLessThan(1e-6);
});

test('for pretrained weights it leaves stem and first stage alone, and keeps biases and norms from decay', () => {
  const network = buildResnet({ inputChannels: 1, classes: 2 });
  const trainedBy = (recipe: ReturnType<typeof plainRecipe>) => {
    const optimizer = recipe.optimizer(network);
    const names = optimizer.parameters.map(({ name }) => name);
    optimizer.dispose();
    return names;
  };
  const all = network.parameters.map(({ name }) => name);
  expect(trainedBy(plainRecipe())).toEqual(all);
  expect(trainedBy(balancedRecipe())).toEqual(all);
  const later = all.filter((name) => !/^(conv1|bn1|layer1)\./.test(name));
  expect(later.length).toBeLessThan(all.length);
  expect(trainedBy(balancedRecipe({ pretrained: true }))).toEqual(later);
  expect(balancedRecipe({ pretrained: true }).frozenStride).toBe(4);
  network.dispose();
});
