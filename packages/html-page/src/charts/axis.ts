/** Which values an axis shows. */
export interface AxisOptions {
  /** Written beside the axis. */
  label: string;
  /** From where to where; default: all values, with a little room. */
  range?: readonly [low: number, high: number];
  /** Widens the default range to 0. Default false. */
  includeZero?: boolean;
  /** Only whole numbers are marked. Default false. */
  whole?: boolean;
}

/** A linear axis: where values lie, and which round ones are marked. */
export interface Axis {
  /** The pixel of a value. */
  at: (value: number) => number;
  ticks: number[];
}

/** Room before the first and after the last value, as a share of their range. */
const room = 0.04;

/**
 * A linear axis over the finite ones of some values.
 *
 * @param ends the pixels where the axis begins and ends.
 */
export function linearAxis(
  values: readonly number[],
  { range, includeZero = false, whole = false }: Omit<AxisOptions, 'label'>,
  [begin, end]: readonly [number, number],
): Axis {
  const [low, high] = range ?? extentOf(values.filter(Number.isFinite), includeZero);
  const ticks = roundNumbers(low, high).filter((value) => !whole || Number.isInteger(value));
  return { at: (value) => begin + ((value - low) / (high - low)) * (end - begin), ticks };
}

function extentOf(values: readonly number[], includeZero: boolean): readonly [number, number] {
  if (values.length === 0) {
    return [0, 1];
  }
  const all = includeZero ? [0, ...values] : values;
  let low = all.reduce((least, value) => Math.min(least, value));
  let high = all.reduce((most, value) => Math.max(most, value));
  if (high - low < 1e-12) {
    const half = 0.5 * (Math.abs(low) || 1);
    [low, high] = [low - half, high + half];
  }
  const margin = room * (high - low);
  return [includeZero && low === 0 ? 0 : low - margin, includeZero && high === 0 ? 0 : high + margin];
}

/**
 * About five round numbers within a range: multiples of 1, 2 or 5 times a power of ten.
 *
 * @see Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990
 */
export function roundNumbers(low: number, high: number): number[] {
  if (!(high > low)) {
    return [low];
  }
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** A marked value as text, with no more digits than it needs. */
export const tickText = (value: number): string => String(Number(value.toPrecision(4)));
