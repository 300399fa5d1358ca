import type { LabelCount } from '../explore/explore-atlas.js';
import { escapeHtml } from './escape-html.js';

const width = 420;
const nameWidth = 150;
const rowHeight = 22;

/** Horizontal bars, fractured before normal, with their numbers and the share that is fractured. */
export function barChart(title: string, counts: readonly LabelCount[]): string {
  const most = Math.max(1, ...counts.map(({ fractured, normal }) => fractured + normal));
  const labelled = counts.some(({ normal }) => normal > 0);
  const unit = (width - nameWidth - 125) / most;
  const rows = counts.map(({ name, fractured, normal }, i) => {
    const y = i * rowHeight;
    const total = fractured + normal;
    const share = total === 0 ? '' : ` (${Math.round((100 * fractured) / total)} %)`;
    const numbers = labelled ? `${fractured} + ${normal}${share}` : String(total);
    return [
      `<text class="name" x="${nameWidth - 8}" y="${y + 15}" text-anchor="end">${escapeHtml(name)}</text>`,
      `<rect class="fractured" x="${nameWidth}" y="${y + 3}" width="${(fractured * unit).toFixed(1)}" height="16"/>`,
      `<rect class="normal" x="${(nameWidth + fractured * unit).toFixed(1)}" y="${y + 3}" width="${(normal * unit).toFixed(1)}" height="16"/>`,
      `<text x="${(nameWidth + total * unit + 6).toFixed(1)}" y="${y + 15}">${numbers}</text>`,
    ].join('');
  });
  const legend = labelled
    ? ' <small><b class="key fractured"></b>with <b class="key normal"></b>without a fracture</small>'
    : '';
  const height = Math.max(1, counts.length) * rowHeight;
  return figure(`${escapeHtml(title)}${legend}`, title, `0 0 ${width} ${height}`, rows.join(''));
}

/** A grid of counts over the image, darker for more. */
export function heatMap(title: string, grid: readonly (readonly number[])[]): string {
  const most = Math.max(1, ...grid.flat());
  const cell = 240 / grid.length;
  const cells = grid.flatMap((row, y) =>
    row.map((count, x) => {
      const place = `x="${(x * cell).toFixed(1)}" y="${(y * cell).toFixed(1)}" width="${cell}" height="${cell}"`;
      return `<rect class="fractured" ${place} fill-opacity="${(count / most).toFixed(3)}"><title>${count}</title></rect>`;
    }),
  );
  const frame = '<rect class="frame" x="0" y="0" width="240" height="240"/>';
  return figure(escapeHtml(title), title, '-1 -1 242 242', cells.join('') + frame, 'map');
}

function figure(caption: string, label: string, viewBox: string, content: string, className = 'bars'): string {
  return `<figure><figcaption>${caption}</figcaption><svg class="${className}" viewBox="${viewBox}" role="img" aria-label="${escapeHtml(label)}">${content}</svg></figure>`;
}
