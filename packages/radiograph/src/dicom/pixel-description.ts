import { checkPixels, type SizeLimit } from '../images/size-limit.js';
import type { Attributes } from './attributes.js';
import { badAttribute, unsupportedDicom } from './dicom-errors.js';

/** What the image pixel module says of pixels (PS3.3, C.7.6.3). */
export interface PixelDescription {
  height: number;
  width: number;
  /** Samples of a pixel, 1 or 3. */
  channels: number;
  /** Bits that a sample takes where it is not compressed: 1, 8, 16 or 32. */
  bitsAllocated: number;
  /** Bits of them that are used, up to `highBit`. */
  bitsStored: number;
  highBit: number;
  signed: boolean;
  /** MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB, YBR_FULL, ... */
  photometric: string;
  /** Whether a sample of all pixels comes before the next one. */
  planar: boolean;
  frames: number;
}

const allocations = [1, 8, 16, 32];

/**
 * Reads and checks what the file says of its pixels.
 *
 * @throws RadiographError `image-unreadable` (an attribute is missing or wrong), `dicom-unsupported`, `image-too-large`
 */
export function describePixels(attributes: Attributes, name: string, limit: SizeLimit): PixelDescription {
  const height = attributes.requiredWhole('Rows');
  const width = attributes.requiredWhole('Columns');
  const bitsAllocated = attributes.requiredWhole('BitsAllocated');
  const channels = attributes.whole('SamplesPerPixel') ?? 1;
  const bitsStored = attributes.whole('BitsStored') ?? bitsAllocated;
  const highBit = attributes.whole('HighBit') ?? bitsStored - 1;
  const [frames = 1] = attributes.decimals('NumberOfFrames');
  const photometric = attributes.code('PhotometricInterpretation');
  for (const [keyword, size] of [
    ['Rows', height],
    ['Columns', width],
  ] as const) {
    if (size === 0) {
      throw badAttribute(name, keyword, 'is 0');
    }
  }
  if (!allocations.includes(bitsAllocated)) {
    throw unsupportedDicom(name, `with ${bitsAllocated} bits allocated to a sample`, 'Export it with 8 or 16 bits.');
  }
  if (channels !== 1 && channels !== 3) {
    throw unsupportedDicom(name, `with ${channels} samples a pixel`, 'Export it as a grey or RGB image.');
  }
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    throw badAttribute(name, 'BitsStored', `is ${bitsStored}, of ${bitsAllocated} that are allocated`);
  }
  if (highBit < bitsStored - 1 || highBit >= bitsAllocated) {
    throw badAttribute(name, 'HighBit', `is ${highBit}, where ${bitsStored} of ${bitsAllocated} bits are stored`);
  }
  if (!Number.isInteger(frames) || frames < 1) {
    throw badAttribute(name, 'NumberOfFrames', 'is no number of frames');
  }
  if (photometric === undefined) {
    throw badAttribute(name, 'PhotometricInterpretation', 'is missing');
  }
  checkPixels(name, { width, height, bytes: channels * Math.ceil(bitsAllocated / 8) }, limit);
  return {
    height,
    width,
    channels,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: attributes.whole('PixelRepresentation') === 1,
    photometric,
    planar: attributes.whole('PlanarConfiguration') === 1,
    frames,
  };
}
