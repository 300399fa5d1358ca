import { writeFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { encodeSummary, readSummary } from '../../src/index.js';
import { fixture, readFixture } from '../fixtures.js';

const at = useTemporaryFolder();

test.each(['summary_regions.json', 'summary_labels_with_absent_class4.json'])(
  '%s is read and written byte for byte',
  async (name) => {
    expect(encodeSummary(await readSummary(fixture(name)))).toBe(readFixture(name));
  },
);

test('what nnU-Net does not have stands beside it under its own key', async () => {
  const summary = await readSummary(fixture('summary_regions.json'));
  await writeFile(at('summary.json'), encodeSummary(summary, { convention: 'nnunet' }));
  expect(await readSummary(at('summary.json'))).toEqual({ ...summary, extended: { convention: 'nnunet' } });
});

test('a summary that is not there, or none, is refused', async () => {
  await expect(readSummary(at('none.json'))).rejects.toMatchObject({ code: 'summary-missing' });
  await writeFile(at('summary.json'), '{"mean": {}}');
  await expect(readSummary(at('summary.json'))).rejects.toMatchObject({ code: 'summary-invalid' });
});
