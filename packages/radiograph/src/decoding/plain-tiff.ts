/** Tags of a TIFF directory that tell what its numbers mean (TIFF 6.0, sections 8 and 19). */
const tags = { bitsPerSample: 258, photometric: 262, samplesPerPixel: 277, sampleFormat: 339 } as const;

/** PhotometricInterpretation: white is zero, black is zero, index of a palette. */
const [whiteIsZero, blackIsZero, paletteIndex] = [0, 1, 3];
/** SampleFormat: unsigned, signed, floating. */
const [unsigned, signed, floating] = [1, 2, 3];

/** What 16 stored bits are, where libvips would not keep them. */
export type Bits16 = 'int16' | 'float16';

/**
 * A copy of a TIFF of one sample a pixel that makes libvips hand out the numbers as they are stored: it inverts images in
 * which white is zero, looks colours up in palettes, and loses signs and fractions of 16 bits. Of any other file the bytes
 * are returned as they came.
 *
 * @returns `stored` is what the 16 bits of each sample are to be read as.
 */
export function plainTiff(bytes: Buffer): { bytes: Buffer; stored?: Bits16 } {
  const places = findTags(bytes);
  if (places === undefined) {
    return { bytes };
  }
  const { read, write, at } = places;
  if (read(at.get(tags.samplesPerPixel), 1) !== 1) {
    return { bytes };
  }
  const photometric = read(at.get(tags.photometric), blackIsZero);
  const format = read(at.get(tags.sampleFormat), unsigned);
  const deep = read(at.get(tags.bitsPerSample), 1) === 16 && (format === signed || format === floating);
  if (photometric === whiteIsZero || photometric === paletteIndex) {
    write(at.get(tags.photometric)!, blackIsZero);
  }
  if (!deep) {
    return { bytes: places.bytes };
  }
  write(at.get(tags.sampleFormat)!, unsigned);
  return { bytes: places.bytes, stored: format === signed ? 'int16' : 'float16' };
}

/** Where the values of the first directory's tags are, in a copy of the file; TIFF and BigTIFF, both byte orders. */
function findTags(original: Buffer) {
  const order = original.subarray(0, 2).toString('latin1');
  if (original.length < 16 || (order !== 'II' && order !== 'MM')) {
    return undefined;
  }
  const bytes = Buffer.from(original);
  const little = order === 'II';
  const short = (offset: number) => (little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset));
  const long = (offset: number) => (little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset));
  const wide = (offset: number) => Number(little ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
  const isBig = short(2) === 43;
  if (!isBig && short(2) !== 42) {
    return undefined;
  }
  const directory = isBig ? wide(8) : long(4);
  const [countBytes, entryBytes, valueAt] = isBig ? [8, 20, 12] : [2, 12, 8];
  if (directory + countBytes > bytes.length) {
    return undefined;
  }
  const entries = isBig ? wide(directory) : short(directory);
  const at = new Map<number, number>();
  let entry = directory + countBytes;
  for (let i = 0; i < entries && entry + entryBytes <= bytes.length; i += 1, entry += entryBytes) {
    at.set(short(entry), entry + valueAt);
  }
  return {
    bytes,
    at,
    read: (place: number | undefined, otherwise: number) => (place === undefined ? otherwise : short(place)),
    write: (place: number, value: number) =>
      little ? bytes.writeUInt16LE(value, place) : bytes.writeUInt16BE(value, place),
  };
}
