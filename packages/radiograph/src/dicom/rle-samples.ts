import { damagedDicom } from './dicom-errors.js';
import type { PixelDescription } from './pixel-description.js';
import { rawSamples, type RawSamples } from './samples.js';
import { nameOf } from './tags.js';

/** A run of two bytes becomes at most this many. */
const largestRun = 128;
const headerBytes = 64;

/**
 * Samples that are packed by runs, one plane for each byte of each sample, the highest first (PS3.5, annex G).
 *
 * @returns the samples of a pixel next to each other.
 * @throws RadiographError `image-damaged`
 */
export function rleSamples(bytes: Uint8Array, description: PixelDescription, name: string): RawSamples {
  const { height, width, channels, bitsAllocated } = description;
  const pixels = height * width;
  const sampleBytes = Math.max(1, bitsAllocated / 8);
  const damaged = (what: string) => damagedDicom(name, `its ${nameOf('PixelData')} ${what}`);
  if (bytes.length < headerBytes || channels * sampleBytes * pixels > bytes.length * largestRun) {
    throw damaged(`has ${bytes.length} bytes, which cannot become ${width} x ${height} pixels`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = view.getUint32(0, true);
  if (segments !== channels * sampleBytes) {
    throw damaged(`has ${segments} planes of bytes, not ${channels * sampleBytes}`);
  }
  const samples = rawSamples(sampleBytes, channels * pixels);
  const plane = new Uint8Array(pixels);
  for (let segment = 0; segment < segments; segment += 1) {
    const from = view.getUint32(4 + 4 * segment, true);
    const until = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : bytes.length;
    if (unpackRuns(bytes.subarray(from, until), plane) < pixels) {
      throw damaged(`ends before its ${pixels} pixels do`);
    }
    const channel = Math.floor(segment / sampleBytes);
    const shift = 8 * (sampleBytes - 1 - (segment % sampleBytes));
    for (let i = 0; i < pixels; i += 1) {
      samples[i * channels + channel] |= plane[i] << shift;
    }
  }
  return samples;
}

/** @returns how many bytes were filled. */
function unpackRuns(packed: Uint8Array, bytes: Uint8Array): number {
  let to = 0;
  for (let from = 0; from + 1 < packed.length && to < bytes.length;) {
    const control = packed[from];
    from += 1;
    if (control < 128) {
      const literal = packed.subarray(from, from + control + 1).subarray(0, bytes.length - to);
      bytes.set(literal, to);
      to += literal.length;
      from += control + 1;
    } else if (control > 128) {
      const run = Math.min(257 - control, bytes.length - to);
      bytes.fill(packed[from], to, to + run);
      to += run;
      from += 1;
    }
  }
  return to;
}
