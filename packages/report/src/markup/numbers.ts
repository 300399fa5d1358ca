import type { Measure } from '../report-data.js';

/** A number between -1 and 1 or so with three digits after the point; a dash for NaN. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) {
    return '–';
  }
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3);
}

/** `0.812 (0.754 to 0.861)`, or the value alone where there is no interval. */
export function formatMeasure({ value, lower, upper }: Omit<Measure, 'name'>): string {
  if (lower === undefined || upper === undefined || Number.isNaN(value)) {
    return formatNumber(value);
  }
  return `${formatNumber(value)} (${formatNumber(lower)} to ${formatNumber(upper)})`;
}

/** Seconds for people: `8.3 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
