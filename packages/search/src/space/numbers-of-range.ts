import type { Range } from './space.js';

/** The number at a share of a range's way, by its scale: 0 is its beginning, 1 its end. */
export function numberAt({ from, to, scale = 'linear', whole = false }: Range, share: number): number {
  if (whole) {
    // Each whole number has the room of half a step on either side.
    const wide =
      scale === 'log' && from > 0 ? logarithmic(from - 0.5, to + 0.5, share) : linear(from - 0.5, to + 0.5, share);
    return Math.min(to, Math.max(from, Math.round(wide)));
  }
  const number = scale === 'log' ? logarithmic(from, to, share) : linear(from, to, share);
  // Six digits are as fine as a setting is written down; more would be noise in tables and files.
  return Math.min(to, Math.max(from, Number(number.toPrecision(6))));
}

const linear = (from: number, to: number, share: number): number => from + share * (to - from);
const logarithmic = (from: number, to: number, share: number): number => from * (to / from) ** share;

/** The numbers that a grid takes of a range: its ends and what lies evenly between, each once. */
export function gridOf(range: Range, steps: number): number[] {
  const { from, to, scale = 'linear', whole = false } = range;
  const shares = Array.from({ length: steps }, (_, i) => i / (steps - 1));
  const between = shares.map((share) => (scale === 'log' ? logarithmic(from, to, share) : linear(from, to, share)));
  const numbers = between.map((number) => (whole ? Math.round(number) : Number(number.toPrecision(6))));
  return [...new Set([from, ...numbers.slice(1, -1), to])];
}
