import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { planDataset, preprocessDataset } from '@fractura/nnunet-planner';
import { readImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { plotOverlays } from '../../src/index.js';
import { fractura } from '../support/fractura.js';
import { fixtures } from '../support/reference-models.js';

const raw = join(fixtures, 'overlays');

test('raw cases are drawn as nnU-Net draws them, pixel for pixel', async () => {
  const output = await temporaryFolder();
  const words = ['-channel_idx', '1', '-overlay_intensity', '0.45', '--use_raw', '-np', '1', '--raw', raw];
  const drawn = await fractura('nnUNetv2_plot_overlay_pngs', '-d', '9', '-o', output, ...words);
  expect(drawn).toMatchObject({ status: 0, output: `${output}\n` });
  for (const name of ['many.png', 'flat.png', 'empty.png']) {
    const [ours, theirs] = await Promise.all([output, join(raw, 'expected')].map((at) => readImage(join(at, name))));
    expect(ours).toEqual(theirs);
  }
});

test('preprocessed cases are drawn, one picture each', async () => {
  const [preprocessed, output] = [await temporaryFolder(), await temporaryFolder()];
  const name = 'Dataset009_Overlays';
  const folder = join(preprocessed, name);
  const source = await temporaryFolder();
  await cp(join(raw, name), join(source, name), { recursive: true });
  const places = { folder: join(source, name), outputFolder: folder };
  const { plans } = await planDataset({ ...places, samples: 1000 });
  await preprocessDataset({ ...places, plans, configuration: '2d' });
  const words = ['-o', output, '-c', '2d', '--preprocessed', preprocessed, '--json'];
  const { status, output: printed } = await fractura('plot_overlay_pngs', '-d', '9', ...words);
  expect({ status, printed: JSON.parse(printed) as unknown }).toEqual({
    status: 0,
    printed: { output, cases: ['empty', 'flat', 'many'] },
  });
  expect(await readdir(output)).toEqual(['empty.png', 'flat.png', 'many.png']);
});

test.each([
  [['--use-raw', '--channel-idx', '2'], /empty has 2 channels; there is no channel 2/],
  [['--use-raw', '--channel-idx', '-1'], /channel-idx is "?-1/],
  [['--use-raw', '--overlay-intensity', 'NaN'], /overlay-intensity is "NaN"/],
  [['-p', '../x'], /leads to another folder/],
  [['-c', '2d'], /nnUNetPlans.json/],
])('plot-overlay-pngs with %j is refused', async (words, says) => {
  const output = await temporaryFolder();
  const places = ['--raw', raw, '--preprocessed', raw];
  const { status, errors } = await fractura('plot-overlay-pngs', '-d', '9', '-o', output, ...words, ...places);
  expect(status).toBeGreaterThan(0);
  expect(errors).toMatch(says);
});

test.each([{ channel: 0.5 }, { channel: -1 }, { channel: NaN }, { intensity: -1 }, { intensity: Infinity }])(
  'overlays with %j are refused',
  async (options) => {
    const plotted = plotOverlays({ source: { raw: join(raw, 'Dataset009_Overlays') }, output: '/nowhere', ...options });
    await expect(plotted).rejects.toMatchObject({ code: 'overlay-options-invalid' });
  },
);
