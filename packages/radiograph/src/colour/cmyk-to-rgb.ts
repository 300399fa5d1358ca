/** RGB of 8-bit CMYK pixels, as Pillow's `cmyk2rgb`: each ink takes its share of the light that black leaves. */
export function cmykToRgb(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let from = 0, to = 0; from < cmyk.length; from += 4, to += 3) {
    const light = 255 - cmyk[from + 3];
    rgb[to] = light - share(cmyk[from], light);
    rgb[to + 1] = light - share(cmyk[from + 1], light);
    rgb[to + 2] = light - share(cmyk[from + 2], light);
  }
  return rgb;
}

/** a times b over 255, rounded, as Pillow's MULDIV255. */
function share(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}
