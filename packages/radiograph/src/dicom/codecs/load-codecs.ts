import type { CodecFactory } from './cornerstone-codec.js';

/** A decoder of JPEG lossless. */
interface LosslessDecoder {
  /** @returns samples of 8 or 16 bits, those of a pixel next to each other. */
  decode: (buffer: ArrayBufferLike, offset: number, length: number) => Uint8Array | Uint16Array;
}

/** libjpeg-turbo, for JPEG of 8 bits. */
export const loadLibjpegTurbo = async () =>
  // @ts-expect-error: It has no types.
  (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decode')) as { default: CodecFactory<'JPEGDecoder'> };

/** CharLS, for JPEG-LS. */
export const loadCharls = async () =>
  // @ts-expect-error: It has no types.
  (await import('@cornerstonejs/codec-charls/decode')) as { default: CodecFactory<'JpegLSDecoder'> };

/** OpenJPEG, for JPEG 2000. */
export const loadOpenjpeg = async () =>
  // @ts-expect-error: It has no types.
  (await import('@cornerstonejs/codec-openjpeg/decode')) as { default: CodecFactory<'J2KDecoder'> };

/** JPEG lossless, process 14. */
export const loadJpegLossless = async () =>
  // @ts-expect-error: It has no types.
  (await import('jpeg-lossless-decoder-js')) as { Decoder: new () => LosslessDecoder };
