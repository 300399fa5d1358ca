import { describe, expect, test } from '@jest/globals';
import { RandomState } from '@fractura/python-compat';
import { augment } from '../../src/augmentation/augment.js';
import { setUpAugmentation } from '../../src/augmentation/augmentation-setup.js';
import { changeShapes } from '../../src/augmentation/cascade/change-shapes.js';
import { close, dilate, erode, open } from '../../src/augmentation/cascade/morphology.js';
import { removeRandomComponents } from '../../src/augmentation/cascade/remove-component.js';
import { ball, disk, type ElementRow } from '../../src/augmentation/cascade/structuring-element.js';
import { mirror } from '../../src/augmentation/mirror.js';
import { affine2d, transformSpatially } from '../../src/augmentation/spatial.js';
import { cropPatch, type Sample } from '../../src/data/crop-patch.js';
import { appendOneHot } from '../../src/data/one-hot.js';
import { readVectors } from '../support/vectors.js';

interface ElementVector {
  radius: number;
  disk: { size: number; rows: number[] };
  ball: { size: number; rows: number[] };
}
type OperationVector = Record<'mask' | 'dilate' | 'erode' | 'close' | 'open', string> & {
  radius: number;
  shape: number[];
};
const { elements, operations } = readVectors('augmentation/morphology.json') as {
  elements: ElementVector[];
  operations: OperationVector[];
};

/** Voxels of each line of an element laid out whole, lines in C order. */
function countRows(rows: ElementRow[], { size, depth }: { size: number; depth: number }): number[] {
  const origin = Math.floor((size - 1) / 2);
  const counts = Array.from({ length: depth * size }, () => 0);
  for (const { z, y, first, last } of rows) {
    counts[(depth > 1 ? z + origin : 0) * size + y + origin] = last - first + 1;
  }
  return counts;
}

describe('structuring elements are those of scikit-image', () => {
  test.each(elements)('radius $radius', ({ radius, disk: flat, ball: round }) => {
    expect(countRows(disk(radius), { size: flat.size, depth: 1 })).toEqual(flat.rows);
    expect(countRows(ball(radius), { size: round.size, depth: round.size })).toEqual(round.rows);
  });
});

describe('morphological operations are those of batchgeneratorsv2', () => {
  test.each(operations)('radius $radius on $shape', (vector) => {
    const size = [1, 1, ...vector.shape].slice(-3);
    const element = vector.shape.length === 2 ? disk(vector.radius) : ball(vector.radius);
    const mask = Uint8Array.from(vector.mask, Number);
    for (const [name, operation] of Object.entries({ dilate, erode, close, open })) {
      expect([name, operation(mask, size, element).join('')]).toEqual([
        name,
        vector[name as keyof typeof vector] as string,
      ]);
    }
    expect(mask.join('')).toBe(vector.mask);
  });
});

describe('changeShapes', () => {
  const size = [1, 24, 24];
  /** Two squares of ten that touch. */
  const squares = () =>
    [2, 12].map((begin) =>
      Float32Array.from({ length: 576 }, (_, v) => {
        const [y, x] = [Math.floor(v / 24), v % 24];
        return Number(y >= 7 && y < 17 && x >= begin && x < begin + 10);
      }),
    );

  test('keeps channels binary and apart, and changes each about half the time', () => {
    let changed = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const channels = squares();
      changeShapes(channels, size, new RandomState(seed), true);
      const [a, b] = channels;
      expect(a.every((value, v) => (value === 0 || value === 1) && value + b[v] <= 1)).toBe(true);
      if (a.join() !== squares()[0].join()) {
        changed += 1;
      }
    }
    // Half the time its own operation, and where the other one grew too; closing a square changes nothing.
    expect(changed).toBeGreaterThan(60);
    expect(changed).toBeLessThan(140);
  });

  test('does the same with the same seed', () => {
    const run = (seed: number) => {
      const channels = squares();
      changeShapes(channels, size, new RandomState(seed), true);
      return channels.map((channel) => channel.join('')).join();
    };
    expect(run(3)).toBe(run(3));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => run(seed))).size).toBeGreaterThan(5);
  });
});

describe('removeRandomComponents', () => {
  test('removes one component below 15 % of the patch, whole, and never a larger one', () => {
    // A bar of 16 voxels of 100, a square of 4, and two voxels that touch at a corner.
    const text = ['1111000011', '1111000011', '1111000000', '1111000000', ...Array<string>(4).fill('0000000000')];
    const channel = () => Float32Array.from([...text, '0000000010', '0000000001'].join(''), Number);
    const left = new Set<number>();
    for (let seed = 0; seed < 40; seed += 1) {
      const after = channel();
      removeRandomComponents([after], [1, 10, 10], new RandomState(seed));
      left.add(after.reduce((sum, value) => sum + value, 0));
      expect(after[0]).toBe(1);
    }
    expect([...left].sort((a, b) => a - b)).toEqual([18, 20, 22]);
  });
});

describe('the labels of the previous stage', () => {
  test('become channels in the order of the labels, -1 and the ignore label none', () => {
    const image = Float32Array.of(0.5, -0.5, 2, 3, 4, 5);
    expect(Array.from(appendOneHot(image, [0, 1, 2, 2, 3, -1], [1, 2]))).toEqual([
      ...[0.5, -0.5, 2, 3, 4, 5],
      ...[0, 1, 0, 0, 0, 0],
      ...[0, 0, 1, 1, 0, 0],
    ]);
  });

  const labels = Int16Array.from({ length: 400 }, (_, v) => Math.floor(v / 20 / 7) + Math.floor((v % 20) / 9));
  const whole = { data: new Float32Array(400), shape: [1, 1, 20, 20], segmentation: labels, previousStage: labels };
  const sample = (): Sample => cropPatch(whole, [0, -3, 4], [1, 18, 18]);

  test('are cut, turned and mirrored as the labels are', () => {
    const cut = sample();
    expect(cut.previousStage).toEqual(cut.labels);
    expect(cut.previousStage!.slice(0, 54)).toEqual(new Int16Array(54).fill(-1));
    const turned = transformSpatially(cut, affine2d(0.4, 1.2), [1, 14, 14], [1, 2]);
    expect(turned.previousStage).toEqual(turned.labels);
    expect(new Set(turned.labels).size).toBeGreaterThan(3);
    const middle = transformSpatially(cut, undefined, [1, 14, 14], [1, 2]);
    expect(middle.previousStage).toEqual(middle.labels);
    const mirrored = mirror(cut, [2]);
    expect(mirrored.previousStage).toEqual(mirrored.labels);
    expect(mirrored.labels).not.toEqual(cut.labels);
  });

  test.each(['none', 'light', 'default'] as const)('come behind the image with augmentation %s', (name) => {
    const setup = setUpAugmentation(name, { patchSize: [12, 12], previousStageLabels: [1, 2, 3] });
    let changed = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const cut = cropPatch(whole, [0, 0, 0], setup.initialZYX);
      const augmented = augment(cut, new RandomState(seed), setup);
      expect(augmented).toMatchObject({ channels: 4, size: [1, 12, 12] });
      expect(augmented).not.toHaveProperty('previousStage');
      const added = augmented.image.subarray(144);
      const expected = appendOneHot(new Float32Array(0), augmented.labels, [1, 2, 3]);
      if (added.join() !== expected.join()) {
        changed += 1;
      }
    }
    // Shapes change with probability 0.4, components with 0.2; some changes find nothing to change.
    if (name !== 'default') {
      expect(changed).toBe(0);
    } else {
      expect(changed).toBeGreaterThan(10);
    }
    expect(changed).toBeLessThan(35);
  });

  test('are left out where the configuration has no previous stage', () => {
    const setup = setUpAugmentation('none', { patchSize: [12, 12] });
    const augmented = augment(cropPatch(whole, [0, 0, 0], setup.initialZYX), new RandomState(0), setup);
    expect(augmented.image).toHaveLength(144);
  });
});
