import { lumaModule } from './luma.wasm.js';
import { WasmModule } from '../wasm/wasm-module.js';
import type { Pixels } from '../images/pixel-image.js';

/**
 * Weights of red, green and blue in ITU-R BT.601 luma, in 65536ths, as Pillow's `convert('L')` rounds them (`Convert.c`,
 * L24); they sum to 65536, so equal channels stay what they are.
 */
const redWeight = 19595;
const greenWeight = 38470;
const blueWeight = 7471;

/** Pixels that one step of `luma.wat` takes; it reads a little beyond them. */
const stepPixels = 16;
const readBeyond = 4;

/** Pixels in its memory at once, so that they stay in the processor's cache. */
const bandPixels = stepPixels * 2 ** 12;

const lumaOfRgb = new WasmModule<{ luma: (source: number, target: number, end: number) => void }>(lumaModule);

/**
 * Grey levels of decoded pixels, interleaved by `channels`: grey stays, RGB becomes luma. A second or fourth channel, which is
 * alpha, is left out, as Pillow leaves it out.
 */
export function toGrey<Data extends Pixels>(pixels: Data, channels: number): Data {
  if (channels === 1) {
    return pixels;
  }
  const count = pixels.length / channels;
  const grey = new (pixels.constructor as new (length: number) => Data)(count);
  if (channels < 3) {
    for (let i = 0; i < count; i += 1) {
      grey[i] = pixels[i * channels];
    }
  } else if (pixels instanceof Uint16Array) {
    fillFromWords(grey as Uint16Array, pixels, channels);
  } else if (channels === 3) {
    fillFromRgb(grey as Uint8Array, pixels);
  } else {
    fillFromBytes(grey as Uint8Array, pixels, channels);
  }
  return grey;
}

/** The sum stays below 2^32, for 16-bit channels too. */
const luma = (red: number, green: number, blue: number) =>
  (red * redWeight + green * greenWeight + blue * blueWeight + 0x8000) >>> 16;

/** RGB of 8 bits, as most radiographs that are not grey have it: `luma.wat` takes it band by band. */
function fillFromRgb(grey: Uint8Array, pixels: Uint8Array): void {
  const bytes = lumaOfRgb.space(bandPixels * 4 + readBeyond);
  for (let at = 0; at < grey.length; at += bandPixels) {
    const count = Math.min(bandPixels, grey.length - at);
    bytes.set(pixels.subarray(at * 3, (at + count) * 3), bandPixels);
    lumaOfRgb.functions.luma(bandPixels, 0, Math.ceil(count / stepPixels) * stepPixels);
    grey.set(bytes.subarray(0, count), at);
  }
}

// One loop for each class of array: engines compile a loop over two classes several times slower.

function fillFromBytes(grey: Uint8Array, pixels: Uint8Array, channels: number): void {
  for (let i = 0, at = 0; i < grey.length; i += 1, at += channels) {
    grey[i] = luma(pixels[at], pixels[at + 1], pixels[at + 2]);
  }
}

function fillFromWords(grey: Uint16Array, pixels: Uint16Array, channels: number): void {
  for (let i = 0, at = 0; i < grey.length; i += 1, at += channels) {
    grey[i] = luma(pixels[at], pixels[at + 1], pixels[at + 2]);
  }
}
