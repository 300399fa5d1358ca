import { expect, test } from '@jest/globals';
import { drawEpoch } from '../../src/training/draw-epoch.js';

const samples = Array.from({ length: 20 }, (_, n) => ({
  id: String(n),
  label: n < 4 ? 1 : 0,
  image: () => Promise.reject(new Error('is not read')),
}));
const common = { seed: 3, epoch: 0, batchSize: 8, augmentation: {} } as const;
const idsOf = (plans: ReturnType<typeof drawEpoch>) => plans.flatMap((plan) => plan.samples.map(({ id }) => id));

test('an epoch shows each image once, in an order of its own', () => {
  const [first, second] = [0, 1].map((epoch) => idsOf(drawEpoch(samples, { ...common, epoch, sampling: 'each' })));
  expect([...first].sort()).toEqual(samples.map(({ id }) => id).sort());
  expect(second).not.toEqual(first);
  expect(idsOf(drawEpoch(samples, { ...common, sampling: 'each' }))).toEqual(first);
});

test('balanced sampling shows as many of each class, every one of the small class before any again', () => {
  const plans = drawEpoch(samples, { ...common, sampling: 'balanced' });
  expect(plans.map((plan) => plan.samples.length)).toEqual([8, 8, 4]);
  const fractured = plans.flatMap((plan) => plan.samples).filter(({ label }) => label === 1);
  expect(fractured).toHaveLength(10);
  const times = ['0', '1', '2', '3'].map((wanted) => fractured.filter(({ id }) => id === wanted).length);
  expect(times.sort()).toEqual([2, 2, 3, 3]);
  const normal = idsOf(plans).filter((id) => Number(id) >= 4);
  expect(new Set(normal).size).toBe(10);
});

test('every image of every epoch has a seed of its own; without changes there are none', () => {
  const seeds = [0, 1].flatMap((epoch) =>
    drawEpoch(samples, { ...common, epoch, sampling: 'each' }).flatMap((plan) => plan.seeds!),
  );
  expect(new Set(seeds).size).toBe(40);
  const still = drawEpoch(samples, { ...common, augmentation: 'none', sampling: 'each' });
  expect(still.every((plan) => plan.seeds === undefined)).toBe(true);
});
