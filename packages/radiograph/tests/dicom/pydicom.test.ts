import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FracturaError } from '@fractura/errors';
import { referenceFiles } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import { openDicom } from '../../src/dicom/dicom-file.js';
import { modalityTransform } from '../../src/dicom/modality.js';
import { shownValues } from '../../src/dicom/shown-values.js';
import { storedPixels } from '../../src/dicom/stored-pixels.js';
import { valuesOfInterest } from '../../src/dicom/values-of-interest.js';

/** An array as expected.json describes it. */
interface Digest {
  shape: number[];
  dtype: string;
  sha256: string;
  sum: number;
}

/** What pydicom reads of a file. */
interface Expected {
  stored?: Digest;
  voi?: Digest;
  error?: string;
}

const reference = referenceFiles(new URL('../fixtures/', import.meta.url));
const expected = reference.readJson('dicom/expected.json') as Record<string, Expected>;
const pathOf = (file: string) => `dicom/files/${file}`;
const bytesOf = (file: string) => readFileSync(reference.path(pathOf(file)));

const hashOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView, swap = 1) => {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const ordered = swap === 2 ? Buffer.from(bytes).swap16() : swap === 4 ? Buffer.from(bytes).swap32() : bytes;
  return createHash('sha256').update(ordered).digest('hex');
};

const there = Object.keys(expected).filter((file) => reference.has(pathOf(file)));
const absent = Object.keys(expected).filter((file) => !reference.has(pathOf(file)));

describe('stored values are those of pydicom, and those shown', () => {
  test.each(there.filter((file) => expected[file].stored !== undefined))('%s', async (file) => {
    const { stored, voi } = expected[file];
    const dicom = await openDicom(bytesOf(file), file);
    const { values, description, attributes } = await storedPixels(dicom, {});
    const { height, width, channels } = description;
    expect(channels === 1 ? [height, width] : [height, width, channels]).toEqual(stored!.shape);
    const swap = stored!.dtype.startsWith('>') ? values.BYTES_PER_ELEMENT : 1;
    expect(hashOf(values, swap)).toBe(stored!.sha256);
    if (voi !== undefined) {
      const modality = modalityTransform(attributes, description, file);
      const { transform } = valuesOfInterest(attributes, modality, { name: file, window: 1 });
      expect(hashOf(shownValues(values, modality, transform))).toBe(voi.sha256);
    }
  });
});

describe('what pydicom does not read is refused', () => {
  test.each(there.filter((file) => expected[file].stored === undefined))('%s', async (file) => {
    const reading = openDicom(bytesOf(file), file).then((dicom) => storedPixels(dicom, {}));
    const error: unknown = await reading.catch((thrown: unknown) => thrown);
    expect(FracturaError.isInstance(error)).toBe(true);
    const { message, remedy } = error as FracturaError;
    expect(message).toContain(file);
    expect(message).toMatch(/\([0-9A-F]{4},[0-9A-F]{4}\) \w+/);
    expect(remedy).toMatch(/\w/);
  });
});

if (absent.length > 0) {
  test.skip(`${absent.length} files lie beside the checkout of the authors`, () => undefined);
}
