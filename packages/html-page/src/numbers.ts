/** Three digits after the point, none from 100 on; a dash for NaN. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) {
    return '–';
  }
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3);
}

/** A share from 0 to 1 as percents with two significant digits: `33 %`, `0.25 %`. */
export function formatPercent(share: number): string {
  return Number.isNaN(share) ? '–' : `${Number((share * 100).toPrecision(2))} %`;
}
