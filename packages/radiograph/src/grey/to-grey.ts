import { lumaModule } from './luma.wasm.js';
import { WasmModule } from '../wasm-module.js';

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
 * Grey levels of decoded pixels, interleaved by `channels`: grey stays, RGB becomes luma, CMYK, of 8 bits, goes through RGB. A second
 * or fourth channel that is alpha is left out, as Pillow leaves it out.
 */
export function toGrey<Pixels extends Uint8Array | Uint16Array>(
  pixels: Pixels,
  channels: number,
  { cmyk }: { cmyk: boolean },
): Pixels {
  if (channels === 1) {
    return pixels;
  }
  const count = pixels.length / channels;
  const grey = pixels instanceof Uint8Array ? new Uint8Array(count) : new Uint16Array(count);
  if (cmyk) {
    fillFromInk(grey as Uint8Array, pixels as Uint8Array);
  } else if (channels < 3) {
    for (let i = 0; i < count; i += 1) {
      grey[i] = pixels[i * channels];
    }
  } else if (channels === 3 && pixels instanceof Uint8Array) {
    fillFromRgb(grey as Uint8Array, pixels);
  } else if (pixels instanceof Uint8Array) {
    fillFromBytes(grey as Uint8Array, pixels, channels);
  } else {
    fillFromWords(grey as Uint16Array, pixels, channels);
  }
  return grey as Pixels;
}

/** The sum stays below 2^32, for 16-bit channels too. */
const luma = (red: number, green: number, blue: number) =>
  (red * redWeight + green * greenWeight + blue * blueWeight + 0x8000) >>> 16;

/** Most radiographs that are not grey are RGB of 8 bits; `luma.wat` takes them, band by band. */
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

/** Pillow's `cmyk2rgb`: each ink takes its share of what black leaves. */
function fillFromInk(grey: Uint8Array, pixels: Uint8Array): void {
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 4) {
    const light = 255 - pixels[at + 3];
    grey[i] = luma(
      light - share(pixels[at], light),
      light - share(pixels[at + 1], light),
      light - share(pixels[at + 2], light),
    );
  }
}

/** a times b over 255, rounded, as Pillow's MULDIV255. */
function share(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}
