import { decodeByCodec } from './cornerstone-codec.js';
import { jpegSegments } from './coded-size.js';
import type { DecodedFrame } from './decoded-frame.js';
import { loadLibjpegTurbo } from './load-codecs.js';

/** Application data that tell the colours: of JFIF, and of Adobe. */
const [jfif, adobe] = [0xe0, 0xee];

/** Adobe's application data 14: "Adobe", version 100, no flags, no transform of colours (ITU-T T.872, 6.5.3). */
const untransformed = [0xff, adobe, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, 0];

/**
 * Decodes JPEG of 8 bits, baseline, extended or progressive, by libjpeg-turbo.
 *
 * @param isRgb what the DICOM file says: where the JPEG itself does not tell, libjpeg takes three components for YCbCr.
 */
export async function decodeJpeg(encoded: Uint8Array, isRgb: boolean): Promise<DecodedFrame> {
  const { default: factory } = await loadLibjpegTurbo();
  return decodeByCodec(factory, 'JPEGDecoder', isRgb && !tellsColours(encoded) ? withoutTransform(encoded) : encoded);
}

function tellsColours(encoded: Uint8Array): boolean {
  return [...jpegSegments(encoded)].some(
    ({ marker, data }) => marker === jfif || (marker === adobe && data.length >= 12),
  );
}

function withoutTransform(encoded: Uint8Array): Uint8Array {
  const marked = new Uint8Array(encoded.length + untransformed.length);
  marked.set(encoded.subarray(0, 2));
  marked.set(untransformed, 2);
  marked.set(encoded.subarray(2), 2 + untransformed.length);
  return marked;
}
