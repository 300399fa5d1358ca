import { expect, test } from '@jest/globals';
import type { AtlasRecord } from '@fractura/fracatlas-loader';
import { checkStudy } from '../../src/stages/check-study.js';

const named = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}.jpg`);
const record = (file: string): AtlasRecord => ({
  id: file,
  file,
  path: file,
  bytes: 1,
  fractured: file.startsWith('f'),
  width: 8,
  height: 8,
  orientation: 1,
  channels: 1,
  annotations: [],
  bodyParts: [],
  views: [],
  hardware: false,
  multiscan: false,
  fractureCount: 0,
});

/** A study of so many radiographs, each on its own, in two folds. */
function study({
  fractured,
  normal,
  heldOut = Math.ceil(fractured / 5),
}: Record<'fractured' | 'normal', number> & { heldOut?: number }) {
  const files = named('f', fractured);
  const rest = files.slice(heldOut);
  const halves = [rest.filter((_, i) => i % 2 === 0), rest.filter((_, i) => i % 2 === 1)];
  return {
    atlas: { records: [...files, ...named('n', normal)].map(record) },
    splits: {
      groups: [],
      heldOut: files.slice(0, heldOut),
      folds: [
        { train: halves[1], val: halves[0] },
        { train: halves[0], val: halves[1] },
      ],
      normals: [] as string[],
    },
  };
}

const settings = { seed: 1, segmentationNormals: 0, classifierParts: 'published' as const };
const tooSmall = (message: RegExp) =>
  expect.objectContaining({ code: 'study-too-small', message: expect.stringMatching(message) as unknown });

test('a study that is large enough passes', () => {
  const { atlas, splits } = study({ fractured: 30, normal: 30 });
  expect(() => {
    checkStudy(atlas, splits, [], settings);
  }).not.toThrow();
});

test('too few for a part of the classification set is told with the counts', () => {
  const { atlas, splits } = study({ fractured: 10, normal: 24 });
  const together = { ...splits, groups: [splits.heldOut] };
  expect(() => {
    checkStudy(atlas, together, [], settings);
  }).toThrow(tooSmall(/^The classification set would have \d of each class for train, .*0 of each class for/));
  const { atlas: few, splits: fewSplits } = study({ fractured: 30, normal: 3 });
  expect(() => {
    checkStudy(few, fewSplits, [], settings);
  }).toThrow(tooSmall(/^30 radiographs with a fracture and 3 without are too few/));
});

test('damaged radiographs do not count', () => {
  const { atlas, splits } = study({ fractured: 30, normal: 30 });
  expect(() => {
    checkStudy(atlas, splits, named('n', 28), settings);
  }).toThrow(tooSmall(/without|classification set/));
  expect(() => {
    checkStudy(atlas, splits, splits.folds[0].val, settings);
  }).toThrow(tooSmall(/Fold 0 has 12 fractured radiographs to train on and 0 to judge by/));
  expect(() => {
    checkStudy(atlas, splits, splits.heldOut.slice(1), settings);
  }).toThrow(tooSmall(/1 fractured radiographs are held out/));
});

test('a fold without a normal radiograph is refused where the segmentation wants some', () => {
  const { atlas, splits } = study({ fractured: 30, normal: 30 });
  splits.folds[0].val.push('n0.jpg');
  splits.normals.push('n0.jpg');
  expect(() => {
    checkStudy(atlas, splits, [], { ...settings, segmentationNormals: 0.1 });
  }).toThrow(tooSmall(/Fold 1 has no normal radiograph: 1 are too few for 2 folds/));
});
