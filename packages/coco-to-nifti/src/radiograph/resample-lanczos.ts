const { imul } = Math;

/** Lobes of the windowed sinc. */
const lobes = 3;

/** Fixed-point digits of an 8-bit weight, as Pillow chooses them: 32 bits less 8 of the pixel and 2 of headroom. */
const precisionBits = 22;

/** A grey image, row-major, [height, width]. */
export interface GreyImage<Pixels extends Uint8Array | Uint16Array = Uint8Array | Uint16Array> {
  data: Pixels;
  width: number;
  height: number;
}

interface Taps {
  /** First source pixel of each target pixel. */
  first: Int32Array;
  /** How many source pixels from there on have a weight. */
  length: Int32Array;
  /** Weights, `most` places for each target pixel; they sum to 1. */
  weights: Float64Array;
  most: number;
}

/**
 * Scales by Lanczos (three lobes, widened by the factor when shrinking), equal to Pillow's `resize(size, LANCZOS)`: along
 * the rows first (the columns, as Pillow 13 does where the height loses more than twice what the width loses), rounded to
 * whole grey levels in between, 8-bit pixels with fixed-point weights, 16-bit pixels in double.
 *
 * @see Pillow `src/libImaging/Resample.c`
 */
export function resampleLanczos<Pixels extends Uint8Array | Uint16Array>(
  image: GreyImage<Pixels>,
  { width, height }: { width: number; height: number },
): GreyImage<Pixels> {
  const rows = (source: GreyImage<Pixels>): GreyImage<Pixels> => {
    if (width === source.width) return source;
    const lines = { count: source.height, step: source.width, pixelStep: 1, targetStep: width, targetPixelStep: 1 };
    return { ...source, data: convolve(source.data, tapsFor(source.width, width), lines), width };
  };
  const columns = (source: GreyImage<Pixels>): GreyImage<Pixels> => {
    if (height === source.height) return source;
    const lines = {
      count: source.width,
      step: 1,
      pixelStep: source.width,
      targetStep: 1,
      targetPixelStep: source.width,
    };
    return { ...source, data: convolve(source.data, tapsFor(source.height, height), lines), height };
  };
  const [lostWidth, lostHeight] = [image.width - width, image.height - height];
  return lostHeight > 0 && lostHeight > 2 * lostWidth ? rows(columns(image)) : columns(rows(image));
}

function convolve<Pixels extends Uint8Array | Uint16Array>(data: Pixels, taps: Taps, lines: Lines): Pixels {
  return (data instanceof Uint8Array ? convolve8(data, taps, lines) : convolve16(data, taps, lines)) as Pixels;
}

function lanczos(x: number): number {
  if (x < -lobes || x >= lobes) return 0;
  return sinc(x) * sinc(x / lobes);
}

function sinc(x: number): number {
  if (x === 0) return 1;
  const angle = x * Math.PI;
  return Math.sin(angle) / angle;
}

function tapsFor(source: number, target: number): Taps {
  const scale = source / target;
  const filterScale = Math.max(scale, 1);
  const support = lobes * filterScale;
  const most = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(target);
  const length = new Int32Array(target);
  const weights = new Float64Array(target * most);
  for (let i = 0; i < target; i += 1) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(source, Math.trunc(centre + support + 0.5)) - start;
    let sum = 0;
    for (let k = 0; k < count; k += 1) {
      const weight = lanczos((k + start - centre + 0.5) * (1 / filterScale));
      weights[i * most + k] = weight;
      sum += weight;
    }
    if (sum !== 0) for (let k = 0; k < count; k += 1) weights[i * most + k] /= sum;
    first[i] = start;
    length[i] = count;
  }
  return { first, length, weights, most };
}

/** Where the lines lie that are convolved, in pixels of the flat arrays. */
interface Lines {
  count: number;
  /** From one line to the next, and from a pixel to the next on its line. */
  step: number;
  pixelStep: number;
  targetStep: number;
  targetPixelStep: number;
}

/** Four lines at a time, so that each weight is loaded once for four products. */
function convolve8(data: Uint8Array, taps: Taps, lines: Lines): Uint8Array {
  const { count, step, pixelStep, targetStep, targetPixelStep } = lines;
  const { first, length, most } = taps;
  const weights = Int32Array.from(taps.weights, (weight) =>
    Math.trunc(weight * 2 ** precisionBits + (weight < 0 ? -0.5 : 0.5)),
  );
  const target = new Uint8ClampedArray(first.length * count);
  const half = 1 << (precisionBits - 1);
  const last = count - 1;
  for (let line = 0; line < count; line += 4) {
    const to0 = line * targetStep;
    const to1 = Math.min(line + 1, last) * targetStep;
    const to2 = Math.min(line + 2, last) * targetStep;
    const to3 = Math.min(line + 3, last) * targetStep;
    const from0 = line * step;
    const from1 = Math.min(line + 1, last) * step;
    const from2 = Math.min(line + 2, last) * step;
    const from3 = Math.min(line + 3, last) * step;
    for (let i = 0; i < first.length; i += 1) {
      let sum0 = half;
      let sum1 = half;
      let sum2 = half;
      let sum3 = half;
      let offset = first[i] * pixelStep;
      const weightsTo = i * most + length[i];
      for (let k = i * most; k < weightsTo; k += 1) {
        const weight = weights[k];
        sum0 = (sum0 + imul(data[from0 + offset], weight)) | 0;
        sum1 = (sum1 + imul(data[from1 + offset], weight)) | 0;
        sum2 = (sum2 + imul(data[from2 + offset], weight)) | 0;
        sum3 = (sum3 + imul(data[from3 + offset], weight)) | 0;
        offset += pixelStep;
      }
      const to = i * targetPixelStep;
      target[to0 + to] = sum0 >> precisionBits;
      target[to1 + to] = sum1 >> precisionBits;
      target[to2 + to] = sum2 >> precisionBits;
      target[to3 + to] = sum3 >> precisionBits;
    }
  }
  return new Uint8Array(target.buffer);
}

function convolve16(data: Uint16Array, { first, length, weights, most }: Taps, lines: Lines): Uint16Array {
  const { count, step, pixelStep, targetStep, targetPixelStep } = lines;
  const target = new Uint16Array(first.length * count);
  for (let line = 0; line < count; line += 1)
    for (let i = 0; i < first.length; i += 1) {
      let sum = 0;
      const from = line * step + first[i] * pixelStep;
      for (let k = 0; k < length[i]; k += 1) sum += data[from + k * pixelStep] * weights[i * most + k];
      target[line * targetStep + i * targetPixelStep] = Math.min(Math.max(Math.floor(sum + 0.5), 0), 65535);
    }
  return target;
}
