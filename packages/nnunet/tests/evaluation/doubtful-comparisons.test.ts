import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { writeNifti } from '@fractura/volume-io';
import { beforeEach, expect, test } from '@jest/globals';
import { evaluateFolder } from '../../src/evaluation/evaluate-folder.js';

let references: string;
let predictions: string;
beforeEach(async () => {
  const folder = await temporaryFolder();
  [references, predictions] = ['ref', 'pred'].map((name) => join(folder, name));
  await Promise.all([references, predictions].map((name) => mkdir(name)));
});

const picture = (folder: string, name: string, values: number[], channels = 1) =>
  writeImage(join(folder, name), {
    data: Uint8Array.from(values.flatMap((value) => Array.from({ length: channels }, () => value))),
    shape: channels === 1 ? [2, 2] : [2, 2, channels],
  });

const volume = (folder: string, name: string, values: number[], x = 1) =>
  writeNifti(join(folder, name), {
    data: Uint8Array.from(values),
    shape: [2, 2, 1],
    affine: [
      [x, 0, 0, 0],
      [0, 2, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ],
  });

test('labels that are not compared are warned of, and refused with strict', async () => {
  await picture(references, 'a.png', [0, 255, 0, 0]);
  await picture(predictions, 'a.png', [0, 1, 0, 0]);
  const options = { references, predictions, labels: [1] };
  const noted: string[] = [];
  const { warnings } = await evaluateFolder({ ...options, note: (line) => noted.push(line) });
  expect(warnings).toEqual([
    `${references}: labels found 255 (in 1 file), labels wanted 0, 1. A mask of 0 and 255 must become one of 0 and 1.`,
  ]);
  expect(noted).toEqual([`Warning: ${warnings[0]}`]);
  await expect(evaluateFolder({ ...options, strict: true })).rejects.toMatchObject({ code: 'evaluation-doubtful' });
});

test('files that lie in other directions are warned of with both affines, and refused with strict', async () => {
  await volume(references, 'a.nii.gz', [0, 1, 0, 0]);
  await volume(predictions, 'a.nii.gz', [0, 1, 0, 0], -1);
  const options = { references, predictions, labels: [1] };
  const { warnings } = await evaluateFolder(options);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('[-1 0 0 0; 0 2 0 0; 0 0 1 0; 0 0 0 1]');
  expect(warnings[0]).toContain('[1 0 0 0; 0 2 0 0; 0 0 1 0; 0 0 0 1]');
  await expect(evaluateFolder({ ...options, strict: true })).rejects.toMatchObject({ code: 'evaluation-doubtful' });
});

test('a colour picture is said to have three channels', async () => {
  await picture(references, 'a.png', [0, 1, 0, 0]);
  await picture(predictions, 'a.png', [0, 1, 0, 0], 3);
  await expect(evaluateFolder({ references, predictions, labels: [1] })).rejects.toMatchObject({
    code: 'channels-unexpected',
    message: `${join(predictions, 'a.png')} has 3 channels; a segmentation has one.`,
  });
});

test('hidden files, as macOS leaves them, are no cases', async () => {
  await picture(references, 'a.png', [0, 1, 0, 0]);
  await picture(predictions, 'a.png', [0, 1, 0, 0]);
  await writeFile(join(references, '._a.png'), 'of macOS');
  const { summary, warnings } = await evaluateFolder({ references, predictions, labels: [1] });
  expect([summary.metric_per_case.length, summary.foreground_mean.Dice, warnings]).toEqual([1, 1, []]);
});

test('the extended summary counts false alarms where the reference is empty', async () => {
  await volume(references, 'a.nii.gz', [0, 0, 0, 0]);
  await volume(predictions, 'a.nii.gz', [1, 1, 1, 0]);
  await volume(references, 'b.nii.gz', [0, 0, 0, 0]);
  await volume(predictions, 'b.nii.gz', [0, 0, 0, 0]);
  await volume(references, 'c.nii.gz', [1, 0, 0, 0]);
  await volume(predictions, 'c.nii.gz', [1, 1, 0, 0]);
  const { extended } = await evaluateFolder({ references, predictions, labels: [1], extended: true });
  expect(extended?.falseAlarms).toEqual({
    '1': { emptyReferences: 2, withAlarm: 1, share: 0.5, voxels: 3, area: 6 },
  });
});

test('the area of false alarms in pictures is not known, their pixels are', async () => {
  await picture(references, 'a.png', [0, 0, 0, 0]);
  await picture(predictions, 'a.png', [1, 0, 0, 0]);
  const { extended } = await evaluateFolder({ references, predictions, labels: [1], extended: true });
  expect(extended?.falseAlarms['1']).toMatchObject({ voxels: 1, share: 1, area: undefined });
});
