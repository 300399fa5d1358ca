import { linearAxis, tickText } from './axis.js';

/** A value of a chart whose axes may be numbers or names; undefined where it has none. */
export type AxisValue = number | string | boolean | undefined;

/** How the values of an axis lie. */
export interface ValueAxisOptions {
  /** Each power of ten as far as the next; for numbers above 0. Default false. */
  log?: boolean | undefined;
}

/** An axis of numbers or names, in pixels. */
export interface ValueAxis {
  at: (value: AxisValue) => number;
  marks: { at: number; label: string }[];
}

/** How a value that is not there is marked. */
const noValue = '–';

/**
 * An axis over some values: by their size where all are numbers, otherwise one place for each, in the order in which they come. What
 * has no value has a place of its own, at the beginning.
 *
 * @param ends the pixels where the axis begins and ends.
 */
export function valueAxis(
  values: readonly AxisValue[],
  { log = false }: ValueAxisOptions,
  [begin, end]: readonly [number, number],
): ValueAxis {
  const given = values.filter((value) => value !== undefined);
  const lacking = given.length < values.length;
  const start = lacking ? begin + (end - begin) * 0.12 : begin;
  const own = given.every((value) => typeof value === 'number')
    ? numberAxis(given, log, [start, end])
    : nameAxis([...new Set(given)], [start, end]);
  return {
    at: (value) => (value === undefined ? begin : own.at(value)),
    marks: lacking ? [{ at: begin, label: noValue }, ...own.marks] : own.marks,
  };
}

function numberAxis(values: readonly number[], log: boolean, ends: readonly [number, number]): ValueAxis {
  if (!log) {
    const { at, ticks } = linearAxis(values, {}, ends);
    return {
      at: (value) => at(value as number),
      marks: ticks.map((tick) => ({ at: at(tick), label: tickText(tick) })),
    };
  }
  const { at } = linearAxis(values.map(Math.log10), {}, ends);
  const place = (value: AxisValue) => at(Math.log10(value as number));
  return { at: place, marks: roundPowers(values).map((tick) => ({ at: place(tick), label: tickText(tick) })) };
}

/** Powers of ten within the values; where there are fewer than two, the least and the greatest value. */
function roundPowers(values: readonly number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return last > first
    ? Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`))
    : [...new Set([low, high])];
}

function nameAxis(names: readonly AxisValue[], [begin, end]: readonly [number, number]): ValueAxis {
  const step = (end - begin) / names.length;
  const at = (value: AxisValue) => begin + (names.indexOf(value) + 0.5) * step;
  return { at, marks: names.map((name) => ({ at: at(name), label: String(name) })) };
}
