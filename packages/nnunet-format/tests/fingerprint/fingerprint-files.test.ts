import { readFile, writeFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { readFingerprint, writeFingerprint } from '../../src/index.js';
import { fixture, readFixture } from '../fixtures.js';

const at = useTemporaryFolder();

test('a fingerprint of pictures is read and written byte for byte', async () => {
  const fingerprint = await readFingerprint(fixture('fingerprint_default_1e8.json'));
  await writeFingerprint(at('dataset/dataset_fingerprint.json'), fingerprint!, 'NaturalImage2DIO');
  const written = await readFile(at('dataset/dataset_fingerprint.json'), 'utf8');
  expect(written).toBe(readFixture('fingerprint_default_1e8.json'));
});

test('spacings of volumes are floats', async () => {
  const fingerprint = await readFingerprint(fixture('fingerprint_default_1e8.json'));
  await writeFingerprint(at('dataset_fingerprint.json'), fingerprint!, 'SimpleITKIO');
  expect(await readFile(at('dataset_fingerprint.json'), 'utf8')).toContain('999.0');
});

test('one that is not there is undefined, and one that is damaged is refused', async () => {
  expect(await readFingerprint(at('none.json'))).toBeUndefined();
  await writeFile(at('damaged.json'), '{"spacings": []}');
  await expect(readFingerprint(at('damaged.json'))).rejects.toMatchObject({
    code: 'fingerprint-invalid',
    message: `${at('damaged.json')} is not a fingerprint: it has no shapes_after_crop.`,
  });
});
