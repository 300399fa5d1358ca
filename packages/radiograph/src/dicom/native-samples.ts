import { damagedDicom } from './dicom-errors.js';
import type { PixelDescription } from './pixel-description.js';
import { rawSamples, type RawSamples } from './samples.js';
import { nameOf } from './tags.js';

/** How uncompressed samples are packed, beside what the image says. */
export interface NativePacking {
  name: string;
  /** Big endian words of two bytes; bytes of OB are in no words. */
  bigEndian: boolean;
  vr: string | undefined;
}

/**
 * Uncompressed samples of the first frame, the samples of a pixel next to each other. Pixels whose chroma is stored once for two of
 * them (YBR_FULL_422) get it both.
 *
 * @throws RadiographError `image-damaged` where there are too few bytes.
 */
export function nativeSamples(
  bytes: Uint8Array,
  description: PixelDescription,
  { name, bigEndian, vr }: NativePacking,
): RawSamples {
  const { height, width, channels, bitsAllocated, photometric } = description;
  const pixels = height * width;
  const halved = photometric === 'YBR_FULL_422' && channels === 3 && bitsAllocated === 8;
  const count = halved ? pixels * 2 : pixels * channels;
  const needed = Math.ceil((count * bitsAllocated) / 8);
  if (bytes.length < needed) {
    throw damagedDicom(name, `its ${nameOf('PixelData')} has ${bytes.length} of ${needed} bytes`);
  }
  const inWords = bigEndian && (vr !== 'OB' || bitsAllocated > 8);
  if (bitsAllocated === 1) {
    return bitsOf(bytes, count, inWords);
  }
  const samples = rawSamples(bitsAllocated / 8, count);
  if (bitsAllocated === 8) {
    for (let i = 0; i < count; i += 1) {
      samples[i] = bytes[inWords ? i ^ 1 : i];
    }
  } else {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < count; i += 1) {
      samples[i] = bitsAllocated === 16 ? view.getUint16(2 * i, !bigEndian) : view.getUint32(4 * i, !bigEndian);
    }
  }
  if (halved) {
    return withChroma(samples, width * height);
  }
  return description.planar && channels > 1 ? interleave(samples, channels) : samples;
}

/** Pixels of one bit, the first in the lowest. */
function bitsOf(bytes: Uint8Array, count: number, inWords: boolean): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => (bytes[inWords ? (i >> 3) ^ 1 : i >> 3] >> (i & 7)) & 1);
}

/** Samples plane by plane become samples pixel by pixel. */
export function interleave<Raw extends RawSamples>(planes: Raw, channels: number): Raw {
  const pixels = planes.length / channels;
  const samples = planes.slice() as Raw;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let i = 0; i < pixels; i += 1) {
      samples[i * channels + channel] = planes[channel * pixels + i];
    }
  }
  return samples;
}

/** Two lumas and the chroma of both, as PS3.3, C.7.6.3.1.2 packs them. */
function withChroma(samples: RawSamples, pixels: number): RawSamples {
  const whole = rawSamples(1, 3 * pixels);
  for (let i = 0; i < pixels; i += 1) {
    const pair = 4 * (i >> 1);
    whole[3 * i] = samples[pair + (i & 1)];
    whole[3 * i + 1] = samples[pair + 2];
    whole[3 * i + 2] = samples[pair + 3];
  }
  return whole;
}
