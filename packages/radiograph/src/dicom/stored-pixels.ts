import type { SizeLimit } from '../images/size-limit.js';
import { Attributes } from './attributes.js';
import { decodeFrame } from './codecs/decode-frame.js';
import type { DicomFile } from './dicom-file.js';
import { firstFrame } from './first-frame.js';
import { nativeSamples } from './native-samples.js';
import { describePixels, type PixelDescription } from './pixel-description.js';
import { rleSamples } from './rle-samples.js';
import { storedValues, type RawSamples, type Samples } from './samples.js';
import { tagOf } from './tags.js';
import { ybrToRgb } from './ybr-to-rgb.js';

/** The pixels of a file's first frame as they are stored. */
export interface StoredPixels {
  /** `[height, width]` or `[height, width, 3]`: RGB where the file has YBR. */
  values: Samples;
  description: PixelDescription;
  attributes: Attributes;
}

/**
 * Decodes the first frame.
 *
 * @throws RadiographError `image-unreadable`, `image-damaged`, `image-too-large`, `dicom-without-pixels`, `dicom-unsupported`
 */
export async function storedPixels(file: DicomFile, limit: SizeLimit): Promise<StoredPixels> {
  const { name, dataSet, transferSyntax } = file;
  const { coding, bigEndian = false } = transferSyntax;
  const attributes = new Attributes(file);
  // Without pixels, a file needs no size either: this is said first.
  const [frames = 1] = attributes.decimals('NumberOfFrames');
  const bytes = firstFrame(dataSet, name, frames);
  const description = describePixels(attributes, name, limit);
  const { vr } = dataSet.elements[tagOf('PixelData')];
  const raw =
    coding === 'native'
      ? nativeSamples(bytes, description, { name, bigEndian, vr })
      : coding === 'rle'
        ? rleSamples(bytes, description, name)
        : await decodeFrame(bytes, coding, description, { name, ...limit });
  return { values: storedValues(inRgb(raw, coding, description), description), description, attributes };
}

/** Codecs of JPEG and JPEG 2000 turn colours by themselves, as their files say. */
function inRgb(
  raw: RawSamples,
  coding: DicomFile['transferSyntax']['coding'],
  description: PixelDescription,
): RawSamples {
  const { channels, photometric } = description;
  const isYbr = channels === 3 && photometric.startsWith('YBR_FULL');
  return isYbr && coding !== 'jpeg' && raw instanceof Uint8Array ? ybrToRgb(raw) : raw;
}
