import { formatPercent, numberCell, table, type Markup } from '@fractura/html-page';
import type { AtlasExploration } from '../explore/explore-atlas.js';

const whole = (value: number) => value.toFixed(0);

const rows = [
  { name: 'Image width (pixels)', key: 'width', format: whole },
  { name: 'Image height (pixels)', key: 'height', format: whole },
  { name: 'File size (kB)', key: 'bytes', format: (bytes: number) => (bytes / 1000).toFixed(0) },
  { name: 'Outline area (pixels)', key: 'maskArea', format: whole },
  { name: 'Outline area (share of the image)', key: 'maskShare', format: formatPercent },
] as const;

/** Sizes of images and outlines, each by its quartiles and mean. */
export function summaryTable(exploration: AtlasExploration): Markup {
  return table({
    columns: ['minimum', 'lower quartile', 'median', 'upper quartile', 'maximum', 'mean'],
    rows: rows.map(({ name, key, format }) => {
      const { min, lowerQuartile, median, upperQuartile, max, mean } = exploration[key];
      const values = [min, lowerQuartile, median, upperQuartile, max, mean];
      return { name, cells: values.map((value) => numberCell(format(value))) };
    }),
  });
}
