import { readPlans, type Plans } from '@fractura/nnunet-format';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { preprocessImage } from '../../src/index.js';
import { reference } from '../golden.js';

const image = { data: new Float32Array(30).fill(3), shape: [1, 1, 5, 6], spacing: [999, 2, 2] };
const datasetJson = {
  channel_names: { '0': 'X-ray' },
  labels: { background: 0, fracture: 1 },
  numTraining: 1,
  file_ending: '.png',
};

let plans: Plans;
beforeAll(async () => {
  plans = await readPlans(reference('nnunet-v2/vectors/pipeline/nnUNetPlans.json'));
});

describe('what plans ask for and this package does not have is refused by name', () => {
  test.each([
    [{ resampling_fn_data: 'resample_torch_fornnunet' }, 'resampling-unsupported', 'resample_torch_fornnunet'],
    [{ normalization_schemes: ['MyNormalization'] }, 'normalization-unknown', 'MyNormalization'],
  ])('%j', (changed, code, name) => {
    const configurations = { mine: { inherits_from: '2d', ...changed } };
    const plan = {
      plans: { ...plans, configurations: { ...plans.configurations, ...configurations } },
      configuration: 'mine',
      datasetJson,
    };
    expect(() => preprocessImage(image, plan)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(name) }),
    );
  });
});

test('images that are not those of dataset.json are refused', () => {
  const plan = { plans, configuration: '2d', datasetJson };
  expect(() => preprocessImage({ ...image, shape: [1, 1, 5, 5] }, plan)).toThrow('30 numbers do not fill');
  expect(() => preprocessImage({ ...image, shape: [3, 1, 5, 2] }, plan)).toThrow('The image has 3 channels');
  expect(() => preprocessImage({ ...image, segmentation: [0] }, plan)).toThrow(
    'The image has 30 voxels, its labels 1.',
  );
});
