/**
 * RGB of YCbCr at full range, as JFIF has it (PS3.3, C.7.6.3.1.2; ITU-T T.871, 7), computed in float32 as pydicom does it.
 *
 * @param ybr `[..., 3]`
 */
export function ybrToRgb(ybr: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(ybr.length);
  for (let i = 0; i < ybr.length; i += 3) {
    const [y, blue, red] = [ybr[i], ybr[i + 1] - 128, ybr[i + 2] - 128];
    rgb[i] = rounded(y + f(red * redOfRed));
    rgb[i + 1] = rounded(f(y + f(blue * greenOfBlue)) + f(red * greenOfRed));
    rgb[i + 2] = rounded(y + f(blue * blueOfBlue));
  }
  return rgb;
}

const f = Math.fround;
const [redOfRed, greenOfBlue, greenOfRed, blueOfBlue] = [
  1.402,
  (-0.114 * 1.772) / 0.587,
  (-0.299 * 1.402) / 0.587,
  1.772,
].map(f);

const rounded = (level: number) => Math.min(255, Math.max(0, Math.floor(f(f(level) + 0.5))));
