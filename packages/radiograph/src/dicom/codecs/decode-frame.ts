import { checkPixels, type SizeLimit } from '../../images/size-limit.js';
import { damagedDicom, unsupportedDicom } from '../dicom-errors.js';
import type { PixelDescription } from '../pixel-description.js';
import type { RawSamples } from '../samples.js';
import { nameOf } from '../tags.js';
import type { PixelCoding } from '../transfer-syntaxes.js';
import { codedSizeOfJpeg, codedSizeOfJpeg2000, endsAsJpeg } from './coded-size.js';
import { decodeByCodec } from './cornerstone-codec.js';
import type { DecodedFrame } from './decoded-frame.js';
import { decodeJpeg } from './jpeg.js';
import { loadCharls, loadJpegLossless, loadOpenjpeg } from './load-codecs.js';

/** Bytes that codecs take for a sample while they decode. */
const workingBytes = 4;

/**
 * Decodes a compressed frame. The codec is loaded when it is first needed. What the frame's own header claims is checked against the
 * file's attributes before.
 *
 * @throws RadiographError `image-damaged`, `dicom-unsupported` (JPEG of 12 bits), `image-too-large`
 */
export async function decodeFrame(
  encoded: Uint8Array,
  coding: Exclude<PixelCoding, 'native' | 'rle'>,
  description: PixelDescription,
  { name, ...limit }: SizeLimit & { name: string },
): Promise<RawSamples> {
  const pixelData = nameOf('PixelData');
  const coded = coding === 'jpeg-2000' ? codedSizeOfJpeg2000(encoded) : codedSizeOfJpeg(encoded);
  if (coded === undefined) {
    throw damagedDicom(name, `its ${pixelData} does not begin as its transfer syntax says`);
  }
  const { width, height, channels, precision } = coded;
  if (!fits(coded, description)) {
    const { width: columns, height: rows, channels: samples } = description;
    const claimed = `${columns} x ${rows} pixels of ${samples} samples`;
    throw damagedDicom(name, `its ${pixelData} has ${width} x ${height} pixels of ${channels} samples, not ${claimed}`);
  }
  if (coding === 'jpeg' && precision !== 8) {
    const remedy = 'Export it uncompressed, or as JPEG lossless, JPEG-LS or JPEG 2000.';
    throw unsupportedDicom(name, `whose ${pixelData} is lossy JPEG of ${precision} bits, which is not read`, remedy);
  }
  // CharLS goes on for seconds behind the end of such data.
  if (coding === 'jpeg-ls' && !endsAsJpeg(encoded)) {
    throw damagedDicom(name, `its ${pixelData} ends before its image does`);
  }
  checkPixels(name, { width, height, bytes: workingBytes * channels }, limit);
  const decoded = await codecs[coding](encoded, description).catch((cause: unknown) => {
    throw damagedDicom(name, `its ${pixelData} does not decode`, cause instanceof Error ? cause : undefined);
  });
  if (!fits(decoded, description) || decoded.samples.length !== width * height * channels) {
    throw damagedDicom(name, `its ${pixelData} does not decode to ${width} x ${height} pixels`);
  }
  return decoded.samples;
}

type Size = Pick<DecodedFrame, 'width' | 'height' | 'channels'>;

const fits = (coded: Size, { width, height, channels }: Size) =>
  coded.width === width && coded.height === height && coded.channels === channels;

const codecs: Record<
  Exclude<PixelCoding, 'native' | 'rle'>,
  (encoded: Uint8Array, description: PixelDescription) => Promise<DecodedFrame>
> = {
  jpeg: (encoded, { photometric }) => decodeJpeg(encoded, photometric === 'RGB'),
  'jpeg-lossless': async (encoded, { width, height, channels }) => {
    const { Decoder } = await loadJpegLossless();
    const samples = new Decoder().decode(encoded.buffer, encoded.byteOffset, encoded.length);
    return { width, height, channels, samples };
  },
  'jpeg-ls': async (encoded) => {
    const { default: factory } = await loadCharls();
    return decodeByCodec(factory, 'JpegLSDecoder', encoded);
  },
  'jpeg-2000': async (encoded) => {
    const { default: factory } = await loadOpenjpeg();
    return decodeByCodec(factory, 'J2KDecoder', encoded);
  },
};
