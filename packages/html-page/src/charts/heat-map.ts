import { html, type Markup } from '../html.js';
import { palette } from './palette.js';
import { pixels, svg } from './svg.js';

const side = 240;

/**
 * A square grid of counts, darker for more; each cell says its count when pointed at.
 *
 * @param grid `grid[row][column]`, from the top left.
 * @param options `colour` of the fullest cell; default the palette's first.
 */
export function heatMap(
  title: string,
  grid: readonly (readonly number[])[],
  { colour = palette[0] }: { colour?: string } = {},
): Markup {
  const most = Math.max(1, ...grid.flat());
  const cell = side / grid.length;
  const cells = grid.flatMap((row, y) =>
    row.map(
      (count, x) =>
        html`<rect
          x="${pixels(1 + x * cell)}"
          y="${pixels(1 + y * cell)}"
          width="${pixels(cell)}"
          height="${pixels(cell)}"
          fill="${colour}"
          fill-opacity="${(count / most).toFixed(3)}"
          ><title>${count}</title></rect
        >`,
    ),
  );
  const frame = html`<rect x="1" y="1" width="${side}" height="${side}" fill="none" stroke="#5b6776" />`;
  return svg({ width: side + 2, height: side + 2, label: title }, [...cells, frame]);
}
