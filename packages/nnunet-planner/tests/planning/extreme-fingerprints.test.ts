import { FracturaError } from '@fractura/errors';
import type { DatasetFingerprint } from '@fractura/nnunet-format';
import { RandomState } from '@fractura/python-compat';
import { expect, test } from '@jest/globals';
import { planExperiment, plannerNames } from '../../src/index.js';

const datasetJson = {
  channel_names: { '0': 'X-ray' },
  labels: { background: 0, fracture: 1 },
  numTraining: 20,
  file_ending: '.nii.gz',
};
const dataset = { name: 'Dataset001_Extreme', reader: 'SimpleITKIO', datasetJson };

const fingerprint = (shape: number[], spacing: number[]): DatasetFingerprint => ({
  foreground_intensity_properties_per_channel: {},
  median_relative_size_after_cropping: 1,
  shapes_after_crop: [shape],
  spacings: [spacing],
});

test('images of 5 x 7 pixels are refused with the smallest size, those of 8 x 8 or 4 x 12 are planned', () => {
  const plan = (height: number, width: number) =>
    planExperiment({ dataset, fingerprint: fingerprint([1, height, width], [999, 1, 1]) });
  for (const [height, width] of [
    [5, 7],
    [7, 11],
    [1, 11],
  ]) {
    expect(() => plan(height, width)).toThrow('too few for a network to pool');
  }
  for (const [height, width] of [
    [8, 8],
    [4, 12],
  ]) {
    const { architecture } = plan(height, width).configurations['2d'];
    expect(architecture!.arch_kwargs.n_stages).toBe(2);
  }
});

test('whatever the fingerprint, a plan comes within seconds, or a refusal', () => {
  const random = new RandomState(3);
  const drawn = (choices: readonly number[]) => choices[random.choices(choices.length, 1, { replace: true })[0]];
  const extents = [1, 2, 5, 8, 100, 2048, 1e5, 1e7, 2 ** 31, 1e12];
  const distances = [1e-300, 1e-12, 1e-3, 0.3, 1, 3, 999, 1e6, 1e12, 1e300];
  for (let i = 0; i < 400; i += 1) {
    const shape = [drawn(extents), drawn(extents), drawn(extents)];
    const spacing = [drawn(distances), drawn(distances), drawn(distances)];
    const before = performance.now();
    try {
      planExperiment({ dataset, fingerprint: fingerprint(shape, spacing), planner: plannerNames[i % 5] });
    } catch (error) {
      if (!FracturaError.isInstance(error)) {
        throw new Error(`shape ${shape.join()} spacing ${spacing.join()}`, { cause: error });
      }
    }
    const seconds = (performance.now() - before) / 1000;
    expect({ shape, spacing, quick: seconds < 5 }).toEqual({ shape, spacing, quick: true });
  }
});
