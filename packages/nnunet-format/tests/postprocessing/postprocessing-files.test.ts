import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EvaluationSummary } from '@fractura/metrics';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { readPostprocessing, writePostprocessing, type PostprocessingStep } from '../../src/index.js';
import { fixture, parseFixture, readFixture } from '../fixtures.js';

const at = useTemporaryFolder();

const content = parseFixture('postprocessing.json') as {
  input_folder: EvaluationSummary;
  postprocessed: EvaluationSummary;
  postprocessing_kwargs: PostprocessingStep[];
};

test('nnU-Net’s postprocessing.json is read and written byte for byte', async () => {
  const steps = await readPostprocessing(fixture('postprocessing.json'));
  expect(steps).toEqual(content.postprocessing_kwargs);
  const determined = { steps, before: content.input_folder, after: content.postprocessed };
  await writePostprocessing(dirname(at('any')), determined, [1, 2, 3]);
  expect(await readFile(at('postprocessing.json'), 'utf8')).toBe(readFixture('postprocessing.json'));
});

test('labels, regions and several labels as one are found again in the pickle', async () => {
  const region = [1, 2];
  const steps: PostprocessingStep[] = [
    { labels_or_regions: [1, 2, 3] },
    { labels_or_regions: region },
    { labels_or_regions: 3 },
  ];
  const determined = { steps, before: content.input_folder, after: content.postprocessed };
  await writePostprocessing(dirname(at('any')), determined, [region, 3]);
  await rm(at('postprocessing.json'));
  expect(await readPostprocessing(dirname(at('any')))).toEqual(steps);
});

test('a folder without it, and one that says something else, are refused', async () => {
  await expect(readPostprocessing(dirname(at('any')))).rejects.toMatchObject({ code: 'postprocessing-missing' });
  await writeFile(at('postprocessing.json'), '{"postprocessing_fns": ["blur"], "postprocessing_kwargs": [{}]}');
  await expect(readPostprocessing(at('postprocessing.json'))).rejects.toMatchObject({
    code: 'postprocessing-invalid',
  });
});
