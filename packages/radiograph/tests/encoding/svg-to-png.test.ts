import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { svgToPng } from '../../src/index.js';

test('a PNG shows the SVG at its own size', async () => {
  const png = await svgToPng(
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="2" height="2" fill="#ff0000"/></svg>',
  );
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 4, height: 2, channels: 4 });
  expect([...data.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
  expect([...data.subarray(12, 16)]).toEqual([0, 0, 0, 0]);
});
