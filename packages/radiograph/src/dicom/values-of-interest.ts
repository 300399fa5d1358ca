import { RadiographError } from '../errors.js';
import type { Attributes } from './attributes.js';
import { lookUp, readLookupTable } from './lookup-table.js';
import type { ModalityTransform } from './modality.js';
import { nameOf } from './tags.js';

/** From values of the modality to those that are shown. */
export interface InterestTransform {
  apply: (value: number) => number;
  /** What is shown black and white, or white and black where values are rescaled by a negative slope. */
  range: [number, number];
}

/** What a file says of the values that are of interest. */
export interface ValuesOfInterest {
  /** Undefined where the file offers neither a table nor a window that can be used. */
  transform?: InterestTransform;
  /** How many tables or windows there are to choose from. */
  choices: number;
  warnings: string[];
}

/**
 * The VOI LUT, or the window (PS3.3, C.11.2), as pydicom's `apply_voi_lut` does it: a table goes before windows.
 *
 * @param options `window` which of several, from 1.
 * @throws RadiographError `window-missing`, `image-unreadable`
 */
export function valuesOfInterest(
  attributes: Attributes,
  { range }: ModalityTransform,
  { name, window }: { name: string; window: number },
): ValuesOfInterest {
  const tables = attributes.items('VOILUTSequence');
  const centers = attributes.decimals('WindowCenter');
  const widths = attributes.decimals('WindowWidth');
  const windows = Math.min(centers.length, widths.length);
  const choices = tables.length > 0 ? tables.length : windows;
  if (!Number.isInteger(window) || window < 1 || window > Math.max(1, choices)) {
    throw windowMissing(name, window, choices);
  }
  if (tables.length > 0) {
    const table = readLookupTable(tables[window - 1], { name, signed: Math.min(...range) < 0 });
    return {
      choices,
      transform: { apply: (value) => lookUp(table, value), range: [0, 2 ** table.bits - 1] },
      warnings: [],
    };
  }
  if (windows === 0) {
    return { choices, warnings: [] };
  }
  const [center, width] = [centers[window - 1], widths[window - 1]];
  const code = attributes.code('VOILUTFunction');
  const shape = code === undefined || code === '' ? 'LINEAR' : code;
  if (shape === 'LINEAR' ? width < 1 : width <= 0) {
    const reason = `${nameOf('WindowWidth')} of ${name} is ${width}, which is no window: the data's own range is shown.`;
    return { choices, warnings: [`The ${reason}`] };
  }
  const known = Object.hasOwn(shapes, shape);
  const apply = (known ? shapes[shape] : shapes.LINEAR)({ center, width, range });
  const warnings = known ? [] : [`The ${nameOf('VOILUTFunction')} of ${name} is unknown, and taken as LINEAR.`];
  return { choices, transform: { apply, range }, warnings };
}

interface Window {
  center: number;
  width: number;
  /** What values below and above the window become. */
  range: [number, number];
}

/** The shapes of windows (PS3.3, C.11.2.1.2 and C.11.2.1.3). */
const shapes: Record<string, (window: Window) => (value: number) => number> = {
  LINEAR: ({ center, width, range }) => line({ center: center - 0.5, width: width - 1, range }),
  LINEAR_EXACT: (window) => line(window),
  SIGMOID: ({ center, width, range: [low, high] }) => {
    const span = high - low;
    return (value) => span / (1 + Math.exp((-4 * (value - center)) / width)) + low;
  },
};

function line({ center, width, range: [low, high] }: Window): (value: number) => number {
  const [from, to, span] = [center - width / 2, center + width / 2, high - low];
  return (value) => {
    if (value <= from) {
      return low;
    }
    return value > to ? high : ((value - center) / width + 0.5) * span + low;
  };
}

const windowMissing = (name: string, window: number, choices: number) =>
  new RadiographError(`${name} has no window ${window}.`, {
    code: 'window-missing',
    remedy: choices === 0 ? 'Leave the option out: it has none.' : `Give a number from 1 to ${choices}.`,
  });
