import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decodeDicom, type RadiographError } from '../../src/page.js';
import { dicomElement as element, dicomFile } from '@fractura/testing';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/dicom/files/${name}`, import.meta.url));
const sound = fixture('waves_12_explicit.dcm');

/** Says of a file what is wrong in it. */
const refusal = (bytes: Uint8Array) =>
  decodeDicom(bytes, { name: 'hand.dcm' }).then(
    () => undefined,
    (error: unknown) => {
      const { code, message, remedy } = error as RadiographError;
      return { code, message, remedy: remedy! };
    },
  );

/** A structured report, say: attributes, and no image. */
const report = dicomFile([element('00080060', 'CS', 'SR'), element('00100010', 'PN', 'Doe^Jane')]);

test('a file without pixels', async () => {
  expect(await refusal(report)).toEqual({
    code: 'dicom-without-pixels',
    message: 'hand.dcm is a DICOM file without an image: it has no (7FE0,0010) PixelData.',
    remedy: 'Give the file of an image (CR, DX, ...), not a report, a plan or a folder of such, or leave this one out.',
  });
});

test('pixels of floating point', async () => {
  const { code, message } = (await refusal(dicomFile([element('7FE00008', 'OW', new Uint8Array(16))])))!;
  expect(code).toBe('image-unreadable');
  expect(message).toContain('(7FE0,0008) FloatPixelData');
});

test('a file that ends early', async () => {
  const { code, message } = (await refusal(sound.subarray(0, sound.length - 100)))!;
  expect(code).toBe('image-damaged');
  expect(message).toBe('hand.dcm is a damaged DICOM file: its (7FE0,0010) PixelData has 54800 of 54900 bytes.');
  expect((await refusal(sound.subarray(0, 500)))!.message).toBe(
    'hand.dcm is a damaged DICOM file: its attributes break off before (7FE0,0010) PixelData.',
  );
  for (const name of ['waves_8_jpegls.dcm', 'waves_8_j2k.dcm', 'waves_8_rle.dcm', 'waves_8_deflated.dcm']) {
    const whole = fixture(name);
    expect(await refusal(whole.subarray(0, whole.length - 500))).toMatchObject({ code: 'image-damaged' });
  }
});

test('no transfer syntax', async () => {
  expect(await refusal(dicomFile([element('00080060', 'CS', 'DX')], { transferSyntax: '' }))).toEqual({
    code: 'image-unreadable',
    message: 'hand.dcm is a DICOM file whose (0002,0010) TransferSyntaxUID is missing.',
    remedy: 'Export the file again with its meta information, or add its transfer syntax with a DICOM editor.',
  });
});

test.each([
  ['1.2.840.10008.1.2.4.110', 'JPEG XL'],
  ['1.2.840.10008.1.2.4.102', 'MPEG-4 video'],
  ['1.2.840.10008.1.2.4.202', 'High-Throughput JPEG 2000'],
  ['1.2.276.0.99', 'one that is private or unknown'],
])('the transfer syntax %s', async (transferSyntax, name) => {
  const { code, message, remedy } = (await refusal(dicomFile([], { transferSyntax })))!;
  expect(code).toBe('dicom-unsupported');
  expect(message).toBe(`hand.dcm is a DICOM file whose (0002,0010) TransferSyntaxUID is ${name}, which is not read.`);
  expect(remedy).toContain('Export it uncompressed');
});

/** An image module with one attribute changed. */
const image = (changed: Record<string, number>) => {
  const words = {
    '00280010': 2,
    '00280011': 2,
    '00280100': 8,
    '00280101': 8,
    '00280102': 7,
    '00280002': 1,
    ...changed,
  };
  return dicomFile([
    ...Object.entries(words).map(([tag, value]) => element(tag, 'US', value)),
    element('00280004', 'CS', 'MONOCHROME2'),
    element('7FE00010', 'OB', new Uint8Array(4)),
  ]);
};

describe('attributes that mean nothing', () => {
  test.each([
    [{ '00280010': 0 }, 'image-unreadable', '(0028,0010) Rows is 0'],
    [{ '00280101': 9 }, 'image-unreadable', '(0028,0101) BitsStored is 9, of 8 that are allocated'],
    [{ '00280102': 3 }, 'image-unreadable', '(0028,0102) HighBit is 3, where 8 of 8 bits are stored'],
    [{ '00280100': 12 }, 'dicom-unsupported', '12 bits allocated to a sample'],
    [{ '00280002': 4 }, 'dicom-unsupported', '4 samples a pixel'],
    [{ '00280010': 60000, '00280011': 60000 }, 'image-too-large', '60000 x 60000 pixels'],
    [{ '00280010': 3 }, 'image-damaged', '(7FE0,0010) PixelData has 4 of 6 bytes'],
  ])('%j', async (changed, code, text) => {
    const refused = (await refusal(image(changed)))!;
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(text);
  });
});

test('a compressed image of another size than the file says takes no memory', async () => {
  const bytes = Buffer.from(fixture('waves_8_j2k.dcm'));
  const size = bytes.indexOf(Buffer.from([0xff, 0x4f, 0xff, 0x51]));
  bytes.writeUInt32BE(60_000, size + 8);
  expect(await refusal(bytes)).toMatchObject({
    code: 'image-damaged',
    message: expect.stringContaining(
      'has 60000 x 183 pixels of 1 samples, not 150 x 183 pixels of 1 samples',
    ) as unknown,
  });
});

test('what is wrong quotes nothing of the patient', async () => {
  const name = element('00280008', 'IS', 'DOE^JANE');
  const { message, remedy } = (await refusal(dicomFile([name, element('7FE00010', 'OB', new Uint8Array(4))])))!;
  expect(message).toContain('(0028,0008) NumberOfFrames');
  expect(message + remedy).not.toContain('DOE');
});
