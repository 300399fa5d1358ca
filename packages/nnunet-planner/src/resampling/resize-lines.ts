/** Resizes one line of samples into another; both are reused from line to line. */
export type ResizeLine = (line: Float64Array, result: Float64Array) => void;

/** Samples repeated at each end before the spline filter, as scipy pads. */
const splinePadding = 12;
/** Pole of the cubic B-spline filter (Unser 1999, table I). */
const pole = Math.sqrt(3) - 2;

/** Where each output of a line lies among the samples, rounded as scipy rounds: the ratio first. */
export const outputPositions = (from: number, to: number): Float64Array =>
  Float64Array.from({ length: to }, (_, o) => (o + 0.5) * (from / to) - 0.5);

/**
 * The resizing of lines of `from` samples to `to`, pixel centres aligned: output o lies at `(o + 0.5) from / to - 0.5`.
 *
 * @param order 0 nearest, 1 linear, 3 cubic B-spline; ends are repeated beyond the line.
 * @see scikit-image: skimage/transform/_warps.py, resize with mode="edge" and anti_aliasing=False
 */
export function lineResizer(from: number, to: number, order: number): ResizeLine {
  if (order === 1) {
    return linear(from, to);
  }
  const positions = outputPositions(from, to);
  return order === 0 ? nearest(positions, from) : cubic(positions, from);
}

function nearest(positions: Float64Array, from: number): ResizeLine {
  const sources = Int32Array.from(positions, (x) => Math.floor(Math.min(Math.max(x, 0), from - 1) + 0.5));
  return (line, result) => {
    for (let o = 0; o < sources.length; o += 1) {
      result[o] = line[sources[o]];
    }
  };
}

/** Of each output of a linear resizing the samples on both sides, and how much the higher one counts. */
export function linearTaps(from: number, to: number): { lows: Int32Array; highs: Int32Array; weights: Float64Array } {
  const clamped = outputPositions(from, to).map((x) => Math.min(Math.max(x, 0), from - 1));
  const lows = Int32Array.from(clamped, Math.floor);
  const highs = lows.map((low) => Math.min(low + 1, from - 1));
  const weights = clamped.map((x, o) => x - lows[o]);
  return { lows, highs, weights };
}

function linear(from: number, to: number): ResizeLine {
  const { lows, highs, weights } = linearTaps(from, to);
  return (line, result) => {
    for (let o = 0; o < lows.length; o += 1) {
      result[o] = line[lows[o]] * (1 - weights[o]) + line[highs[o]] * weights[o];
    }
  };
}

function cubic(positions: Float64Array, from: number): ResizeLine {
  const padded = new Float64Array(from + 2 * splinePadding);
  const taps = Int32Array.from(positions, (x) => Math.floor(x) - 1 + splinePadding);
  const weights = new Float64Array(positions.length * 4);
  positions.forEach((x, o) => {
    const t = x - Math.floor(x);
    weights[4 * o] = (1 - t) ** 3 / 6;
    weights[4 * o + 1] = (4 - 6 * t ** 2 + 3 * t ** 3) / 6;
    weights[4 * o + 2] = (1 + 3 * t + 3 * t ** 2 - 3 * t ** 3) / 6;
    weights[4 * o + 3] = t ** 3 / 6;
  });
  return (line, result) => {
    padded.fill(line[0], 0, splinePadding);
    padded.set(line, splinePadding);
    padded.fill(line[from - 1], from + splinePadding);
    toSplineCoefficients(padded);
    for (let o = 0; o < taps.length; o += 1) {
      const tap = taps[o];
      const weight = 4 * o;
      result[o] =
        padded[tap] * weights[weight] +
        padded[tap + 1] * weights[weight + 1] +
        padded[tap + 2] * weights[weight + 2] +
        padded[tap + 3] * weights[weight + 3];
    }
  };
}

/** Turns samples into the coefficients of the cubic B-spline through them; the line goes on mirrored at its ends. */
function toSplineCoefficients(line: Float64Array): void {
  const n = line.length;
  const gain = (1 - pole) * (1 - 1 / pole);
  for (let i = 0; i < n; i += 1) {
    line[i] *= gain;
  }
  const poleToN = pole ** n;
  const first = line[0];
  let sum = first + poleToN * line[n - 1];
  let power = pole;
  for (let i = 1; i < n; i += 1, power *= pole) {
    sum += power * (line[i] + poleToN * line[n - 1 - i]);
    // Further terms are below the last bit of a double.
    if (Math.abs(power) < 1e-40) {
      break;
    }
  }
  line[0] = (sum * pole) / (1 - poleToN * poleToN) + first;
  for (let i = 1; i < n; i += 1) {
    line[i] += pole * line[i - 1];
  }
  line[n - 1] *= pole / (pole - 1);
  for (let i = n - 2; i >= 0; i -= 1) {
    line[i] = pole * (line[i + 1] - line[i]);
  }
}
