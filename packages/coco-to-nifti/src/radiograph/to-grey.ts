/**
 * Weights of red, green and blue in ITU-R BT.601 luma, in 65536ths, as Pillow's `convert('L')` rounds them (`Convert.c`,
 * L24); they sum to 65536, so equal channels stay what they are.
 */
const [redWeight, greenWeight, blueWeight] = [19595, 38470, 7471];

/**
 * Grey levels of decoded pixels, interleaved by `channels`: grey stays, RGB becomes luma, CMYK goes through RGB. A second
 * or fourth channel that is alpha is left out, as Pillow leaves it out.
 */
export function toGrey<Pixels extends Uint8Array | Uint16Array>(
  pixels: Pixels,
  channels: number,
  { cmyk }: { cmyk: boolean },
): Pixels {
  if (channels === 1) return pixels;
  const grey = new (pixels.constructor as new (length: number) => Pixels)(pixels.length / channels);
  for (let i = 0, at = 0; i < grey.length; i += 1, at += channels) {
    if (channels < 3) grey[i] = pixels[at]!;
    else if (cmyk) grey[i] = lumaOfInk(pixels[at], pixels[at + 1], pixels[at + 2], pixels[at + 3]);
    else grey[i] = luma(pixels[at], pixels[at + 1], pixels[at + 2]);
  }
  return grey;
}

/** Plain arithmetic: 16-bit channels times the weights go beyond 31 bits. */
const luma = (red: number, green: number, blue: number) =>
  Math.floor((red * redWeight + green * greenWeight + blue * blueWeight + 0x8000) / 0x10000);

/** Pillow's `cmyk2rgb`: each ink takes its share of what black leaves. */
function lumaOfInk(cyan: number, magenta: number, yellow: number, black: number): number {
  const light = 255 - black;
  return luma(light - share(cyan, light), light - share(magenta, light), light - share(yellow, light));
}

/** a times b over 255, rounded, as Pillow's MULDIV255. */
function share(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}
