import { expect, test } from '@jest/globals';
import { extractFingerprint, readDataset } from '../../src/index.js';
import { rawDataset } from '../raw-dataset.js';

test.each([NaN, -1, 0, 1.5, Infinity, '5', null])('%p is no number of intensities to draw', async (samples) => {
  const dataset = await readDataset(await rawDataset('.png'));
  await expect(extractFingerprint({ dataset, samples } as never)).rejects.toMatchObject({
    code: expect.stringMatching(/^(samples|option)-invalid$/),
  });
});
