import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decodeDicom, isDicom, type DicomOptions } from '../../src/page.js';
import { dicomElement as element, dicomFile, dicomSequence as sequence, type DicomElement } from '@fractura/testing';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/dicom/files/${name}`, import.meta.url));

/** Stored values of four pixels, in a square. */
const stored = [0, 1000, 2000, 4095];

/** A grey image of 12 bits. */
const grey = ({ photometric = 'MONOCHROME2', values = stored, signed = 0, more = [] }: Partial<Grey> = {}) =>
  dicomFile([
    element('00280002', 'US', 1),
    element('00280004', 'CS', photometric),
    element('00280010', 'US', 2),
    element('00280011', 'US', 2),
    element('00280100', 'US', 16),
    element('00280101', 'US', 12),
    element('00280102', 'US', 11),
    element('00280103', 'US', signed),
    ...more,
    element('7FE00010', 'OW', Uint16Array.from(values)),
  ]);
interface Grey {
  photometric: string;
  values: number[];
  signed: number;
  more: DicomElement[];
}

const levelsOf = async (bytes: Uint8Array, options: DicomOptions = {}) => [...(await decodeDicom(bytes, options)).data];
const window = (center: string, width: string, shape?: string) => [
  element('00281050', 'DS', center),
  element('00281051', 'DS', width),
  ...(shape === undefined ? [] : [element('00281056', 'CS', shape)]),
];

describe('what is shown is spread over 16 bits', () => {
  test('the range of the data, where there is no window', async () => {
    expect(await levelsOf(grey({ values: [100, 200, 300, 500] }))).toEqual([0, 16384, 32768, 65535]);
  });

  test('without pixels that are padding', async () => {
    const more = [element('00280120', 'US', 4095)];
    expect(await levelsOf(grey({ values: [100, 200, 300, 4095], more }))).toEqual([0, 32768, 65535, 65535]);
  });

  test.each([
    // (1000 - 1023.5) / 999 + 0.5, and so on: PS3.3, C.11.2.1.2.1.
    ['LINEAR', [0, 31226, 65535, 65535]],
    ['LINEAR_EXACT', [0, 31195, 65535, 65535]],
    ['SIGMOID', [1073, 31196, 64240, 65535]],
  ])('a window, %s', async (shape, levels) => {
    const shown = await levelsOf(grey({ more: window('1024', '1000', shape) }));
    shown.forEach((level, i) => {
      expect(Math.abs(level - levels[i])).toBeLessThanOrEqual(1);
    });
  });

  test('another of several windows', async () => {
    const more = window('1000\\2000', '2000\\2', 'LINEAR_EXACT');
    expect(await levelsOf(grey({ more }))).toEqual([0, 32768, 65535, 65535]);
    expect(await levelsOf(grey({ more }), { window: 2 })).toEqual([0, 0, 32768, 65535]);
    const { windows } = await decodeDicom(grey({ more }));
    expect(windows).toBe(2);
    await expect(decodeDicom(grey({ more }), { window: 3 })).rejects.toMatchObject({
      code: 'window-missing',
      remedy: 'Give a number from 1 to 2.',
    });
  });

  test('a window of no width is said, and not used', async () => {
    const { data, warnings } = await decodeDicom(grey({ more: window('1000', '0') }), { name: 'a.dcm' });
    expect([...data]).toEqual([0, 16004, 32007, 65535]);
    expect(warnings).toEqual([
      "The (0028,1051) WindowWidth of a.dcm is 0, which is no window: the data's own range is shown.",
    ]);
  });

  test('a table of values of interest goes before a window', async () => {
    const table = sequence('00283010', [
      element('00283002', 'US', Uint16Array.of(3, 1000, 10)),
      element('00283006', 'OW', Uint16Array.of(0, 1023, 511)),
    ]);
    const more = [...window('1000', '2000'), table];
    expect(await levelsOf(grey({ values: [0, 1001, 1002, 4095], more }))).toEqual([0, 65535, 32735, 32735]);
  });
});

describe('0 is black', () => {
  test.each([
    ['MONOCHROME1', []],
    ['MONOCHROME2', [element('20500020', 'CS', 'INVERSE')]],
    ['MONOCHROME1', [element('20500020', 'CS', 'INVERSE')]],
  ])('%s, turned once: %#', async (photometric, last) => {
    const bytes = grey({ photometric, more: last, values: [100, 200, 300, 500] });
    expect(await levelsOf(bytes)).toEqual([65535, 49151, 32768, 0]);
  });

  test('signed values, rescaled, by a slope below 0, too', async () => {
    const more = [element('00281052', 'DS', '10'), element('00281053', 'DS', '-1')];
    const values = [-100, -50, 0, 100].map((value) => value & 0xffff);
    expect(await levelsOf(grey({ signed: 1, values, more }))).toEqual([65535, 49151, 32768, 0]);
    expect(await levelsOf(grey({ signed: 1, values }))).toEqual([0, 16384, 32768, 65535]);
  });
});

test('8 bits stay 8, and are what a JPEG of them has', async () => {
  const { data } = await decodeDicom(fixture('waves_8_j2k.dcm'));
  const explicit = fixture('waves_8_explicit.dcm');
  expect(data).toBeInstanceOf(Uint8Array);
  // MONOCHROME1.
  const stored = explicit.subarray(explicit.length - data.length);
  expect([...data]).toEqual([...stored].map((level) => 255 - level));
});

test('colours become grey by luma', async () => {
  const { data, width, height } = await decodeDicom(fixture('SC_rgb_small_odd.dcm'));
  const rgb = readFileSync(new URL('../fixtures/dicom/files/SC_rgb_small_odd.dcm', import.meta.url)).subarray(-28);
  expect([width, height]).toEqual([3, 3]);
  const [red, green, blue] = rgb;
  expect(Math.abs(data[0] - (0.299 * red + 0.587 * green + 0.114 * blue))).toBeLessThanOrEqual(1);
  expect((await decodeDicom(fixture('SC_rgb_rle_32bit.dcm'))).data).toBeInstanceOf(Uint16Array);
});

test('of several frames the first is read, which is said', async () => {
  const { frames, warnings } = await decodeDicom(fixture('SC_rgb_rle_32bit_2frame.dcm'), { name: 'two.dcm' });
  expect(frames).toBe(2);
  expect(warnings).toEqual(['two.dcm holds 2 images; the first is read.']);
});

test('the spacing of pixels is that in the patient, else that on the detector', async () => {
  const spacing = async (...more: DicomElement[]) => (await decodeDicom(grey({ more }))).pixelSpacing;
  const [detector, patient] = [element('00181164', 'DS', '0.2\\0.3'), element('00280030', 'DS', '0.1\\0.15')];
  expect(await spacing()).toBeUndefined();
  expect(await spacing(detector)).toEqual({ row: 0.2, column: 0.3, at: 'detector' });
  expect(await spacing(detector, patient)).toEqual({ row: 0.1, column: 0.15, at: 'patient' });
  const measures = sequence('00289110', [element('00280030', 'DS', '0.5\\0.5')]);
  expect(await spacing(sequence('52009229', [measures]))).toEqual({ row: 0.5, column: 0.5, at: 'patient' });
});

test('DICOM is told by content', () => {
  expect(isDicom(grey())).toBe(true);
  expect(isDicom(new Uint8Array(200))).toBe(false);
  expect(isDicom(new Uint8Array(3))).toBe(false);
});
