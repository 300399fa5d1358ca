/** Tags of a TIFF directory that tell what its numbers mean (TIFF 6.0, sections 8 and 19). */
const tags = { bitsPerSample: 258, photometric: 262, samplesPerPixel: 277, sampleFormat: 339 } as const;

/** PhotometricInterpretation: white is zero, black is zero, index of a palette. */
const [whiteIsZero, blackIsZero, paletteIndex] = [0, 1, 3];
/** SampleFormat: unsigned, signed, floating. */
const [unsigned, signed, floating] = [1, 2, 3];

/** What 16 stored bits are, where libvips would not keep them. */
export type Bits16 = 'int16' | 'float16';

/**
 * A copy of a TIFF that makes libvips hand out the numbers as they are stored, of every page of one sample a pixel: it inverts
 * images in which white is zero, looks colours up in palettes, and loses signs and fractions of 16 bits. Of any other file the
 * bytes are returned as they came.
 *
 * @param page that is read, from 0.
 * @returns `stored` is what the 16 bits of each sample of the page are to be read as.
 */
export function plainTiff(original: Buffer, page = 0): { bytes: Buffer; stored?: Bits16 } {
  const tiff = openTiff(original);
  if (tiff === undefined) {
    return { bytes: original };
  }
  let stored: Bits16 | undefined;
  for (const [number, at] of tiff.directories().entries()) {
    const found = makePlain(tiff, at);
    if (number === page) {
      stored = found;
    }
  }
  return { bytes: tiff.bytes, stored };
}

/** Changes one directory, and tells what its 16 bits are. */
function makePlain({ read, write }: Tiff, at: ReadonlyMap<number, number>): Bits16 | undefined {
  if (read(at.get(tags.samplesPerPixel), 1) !== 1) {
    return undefined;
  }
  const photometric = read(at.get(tags.photometric), blackIsZero);
  const format = read(at.get(tags.sampleFormat), unsigned);
  const deep = read(at.get(tags.bitsPerSample), 1) === 16 && (format === signed || format === floating);
  if (photometric === whiteIsZero || photometric === paletteIndex) {
    write(at.get(tags.photometric)!, blackIsZero);
  }
  if (!deep) {
    return undefined;
  }
  write(at.get(tags.sampleFormat)!, unsigned);
  return format === signed ? 'int16' : 'float16';
}

interface Tiff {
  /** A copy of the file. */
  bytes: Buffer;
  /** Where the values of each directory's tags are. */
  directories: () => Map<number, number>[];
  read: (place: number | undefined, otherwise: number) => number;
  write: (place: number, value: number) => void;
}

/** TIFF and BigTIFF, both byte orders. */
function openTiff(original: Buffer): Tiff | undefined {
  const order = original.subarray(0, 2).toString('latin1');
  if (original.length < 16 || (order !== 'II' && order !== 'MM')) {
    return undefined;
  }
  const little = order === 'II';
  const isBig = (little ? original.readUInt16LE(2) : original.readUInt16BE(2)) === 43;
  if (!isBig && (little ? original.readUInt16LE(2) : original.readUInt16BE(2)) !== 42) {
    return undefined;
  }
  const bytes = Buffer.from(original);
  const short = (offset: number) => (little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset));
  const long = (offset: number) => (little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset));
  const wide = (offset: number) => Number(little ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
  const [countBytes, entryBytes, valueAt, offsetBytes] = isBig ? [8, 20, 12, 8] : [2, 12, 8, 4];
  const offsetAt = isBig ? wide : long;
  return {
    bytes,
    directories() {
      const found: Map<number, number>[] = [];
      const seen = new Set<number>([0]);
      let directory = isBig ? wide(8) : long(4);
      while (!seen.has(directory) && directory + countBytes <= bytes.length) {
        seen.add(directory);
        const entries = isBig ? wide(directory) : short(directory);
        const at = new Map<number, number>();
        let entry = directory + countBytes;
        for (let i = 0; i < entries && entry + entryBytes <= bytes.length; i += 1, entry += entryBytes) {
          at.set(short(entry), entry + valueAt);
        }
        found.push(at);
        directory = entry + offsetBytes <= bytes.length ? offsetAt(entry) : 0;
      }
      return found;
    },
    read: (place, otherwise) => (place === undefined ? otherwise : short(place)),
    write: (place, value) => {
      if (little) {
        bytes.writeUInt16LE(value, place);
      } else {
        bytes.writeUInt16BE(value, place);
      }
    },
  };
}
