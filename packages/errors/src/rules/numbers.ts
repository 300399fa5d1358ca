import { ruleOf, type Rule } from './rule.js';

/** The least and the largest number of a rule, both allowed; numbers above and below the others, which are not. */
export interface Bounds {
  from?: number;
  to?: number;
  above?: number;
  below?: number;
}

/** A number, which may be NaN where a measure is undefined. */
export const anyNumber = ruleOf('a number', (value) => typeof value === 'number');

/** A number that is not NaN; finite, unless a bound is infinite. */
// @__NO_SIDE_EFFECTS__
export const number = (bounds: Bounds = {}): Rule =>
  ruleOf(
    ['a number', describeBounds(bounds)].filter(Boolean).join(' '),
    (value) =>
      typeof value === 'number' && isWithin(value, bounds) && (Number.isFinite(value) || bounds.to === Infinity),
  );

/** A whole number that doubles hold exactly. */
// @__NO_SIDE_EFFECTS__
export const whole = (bounds: Bounds = {}): Rule =>
  ruleOf(
    ['a whole number', describeBounds(bounds)].filter(Boolean).join(' '),
    (value) => Number.isSafeInteger(value) && isWithin(value as number, bounds),
  );

/** A whole number from 1 on. */
export const count = whole({ from: 1 });

function isWithin(value: number, { from = -Infinity, to = Infinity, above, below }: Bounds): boolean {
  return (
    value >= from && value <= to && (above === undefined || value > above) && (below === undefined || value < below)
  );
}

/** `from 1 to 4`, `above 0`. */
function describeBounds({ from, to, above, below }: Bounds): string {
  const lower = above === undefined ? from !== undefined && `from ${from}` : `above ${above}`;
  const upper = below === undefined ? to !== undefined && to !== Infinity && `to ${to}` : `below ${below}`;
  const open = lower !== false && upper === false && above === undefined && 'on';
  return [lower, upper, open].filter((part) => part !== false).join(' ');
}
