import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import type { RadiographPrediction } from '../../src/index.js';
import { writePredictions } from '../../src/radiographs/write-predictions.js';

const film: RadiographPrediction = {
  file: 'a.png',
  width: 40,
  height: 32,
  presence: 0.25,
  presenceHead: 0.375,
  largestProbability: 0.125,
  threshold: 0.5,
  lesions: [],
  labels: 'a.nii.gz',
  radiographLabels: 'a_radiograph.png',
};
const lesion = (area: number) => ({
  class: 'fracture',
  label: 1,
  box: [1, 2, 3, 4] as [number, number, number, number],
  area,
  maximumProbability: 0.75,
  meanProbability: 0.625,
});

test('predictions are written as JSON, and as a table of lesions and of radiographs without any', async () => {
  const folder = await temporaryFolder();
  const predictions = [
    film,
    { ...film, file: '=b.png', threshold: null, lesions: [lesion(9), lesion(5)] },
    { file: 'c.png', error: { code: 'image-unreadable', message: 'c.png, or what is left of it, is no image.' } },
  ];
  await writePredictions(folder, predictions);
  expect(await readFile(join(folder, 'predictions.csv'), 'utf8')).toBe(
    [
      'file,width,height,presence,presence_head,largest_probability,threshold,lesions,lesion,class,x,y,box_width,box_height,area,area_mm2,maximum_probability,mean_probability,error',
      'a.png,40,32,0.25,0.375,0.125,0.5,0,,,,,,,,,,,',
      "'=b.png,40,32,0.25,0.375,0.125,,2,1,fracture,1,2,3,4,9,,0.75,0.625,",
      "'=b.png,40,32,0.25,0.375,0.125,,2,2,fracture,1,2,3,4,5,,0.75,0.625,",
      'c.png,,,,,,,,,,,,,,,,,,"c.png, or what is left of it, is no image."',
      '',
    ].join('\n'),
  );
  expect(JSON.parse(await readFile(join(folder, 'predictions.json'), 'utf8'))).toEqual(predictions);
});
