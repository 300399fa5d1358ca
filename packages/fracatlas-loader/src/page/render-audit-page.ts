import type { AtlasAudit } from '../audit/audit-atlas.js';
import type { Finding } from '../audit/finding.js';
import type { AtlasExploration } from '../explore/explore-atlas.js';
import { barChart, heatMap } from './charts.js';
import { duplicateGallery } from './duplicate-gallery.js';
import type { DuplicateThumbnails } from './duplicate-thumbnails.js';
import { escapeHtml } from './escape-html.js';
import { pageStyle } from './page-style.js';

const mostDetails = 200;

/**
 * Renders audit and exploration as one HTML page that needs no other file: no script, no font, no image from elsewhere.
 *
 * @param options `thumbnails` from {@link duplicateThumbnails}, to show duplicates side by side.
 */
export function renderAuditPage(
  audit: AtlasAudit,
  exploration: AtlasExploration,
  { thumbnails }: { thumbnails?: DuplicateThumbnails } = {},
): string {
  const { images, fractured, normal, annotations } = exploration;
  const bySeverity = (severity: Finding['severity']) => audit.findings.filter((f) => f.severity === severity).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Audit of ${images} radiographs</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1>Audit of ${images} radiographs</h1>
<p>${fractured} with a fracture (${percent(fractured / Math.max(1, images))}), ${normal} without; ${annotations} outlines. For research, not a medical device.</p>
<h2>Findings</h2>
<p>${bySeverity('error')} errors, ${bySeverity('warning')} warnings, ${bySeverity('note')} notes.
Splits looked at: ${escapeHtml(audit.splits.join(', ') || 'none')}.</p>
${audit.findings.map(findingSection).join('\n') || '<p>Nothing was found.</p>'}
${thumbnails ? duplicateGallery(thumbnails, audit.duplicatePairs.length) : ''}
<h2>What the images are</h2>
<div class="charts">
${barChart('Body part', exploration.bodyParts)}
${barChart('View', exploration.views)}
${barChart('Hardware', exploration.hardware)}
${barChart('Films in the image', exploration.multiscan)}
${barChart('Channels', exploration.channels)}
${barChart('EXIF orientation', exploration.orientations)}
${barChart('Size in pixels (the most frequent)', exploration.sizes.slice(0, 8))}
</div>
<h2>What is outlined</h2>
<div class="charts">
${barChart(
  'Outlines in an image',
  exploration.annotationsPerImage.map(({ annotations: n, images: count }) => ({
    name: String(n),
    fractured: count,
    normal: 0,
  })),
)}
${barChart(
  'Share of the image that an outline takes',
  exploration.maskShareHistogram
    .filter(({ count }) => count > 0)
    .map(({ from, to, count }) => ({ name: `${percent(from)} to ${percent(to)}`, fractured: count, normal: 0 })),
)}
${heatMap('Where outlines lie (centres)', exploration.positions)}
</div>
${summaryTable(exploration)}
</main>
</body>
</html>
`;
}

function findingSection({ code, severity, title, explanation, count, files, details }: Finding): string {
  const lines = details.length > 0 ? details : files;
  const headline = new RegExp(`\\b${count}\\b`).test(title) ? title : `${title}: ${count}`;
  const shown = lines.slice(0, mostDetails).map((line) => `<li>${escapeHtml(line)}</li>`);
  const more = lines.length > mostDetails ? `<li>and ${lines.length - mostDetails} more, in audit.json</li>` : '';
  return `<details class="finding ${severity}">
<summary><span class="severity">${severity}</span> <strong>${escapeHtml(headline)}</strong> <code>${escapeHtml(code)}</code>
<span class="explanation">${escapeHtml(explanation)}</span></summary>
<ul>${shown.join('')}${more}</ul>
</details>`;
}

function summaryTable(exploration: AtlasExploration): string {
  const rows: [
    string,
    keyof AtlasExploration & ('width' | 'height' | 'bytes' | 'maskArea' | 'maskShare'),
    (v: number) => string,
  ][] = [
    ['Image width (pixels)', 'width', whole],
    ['Image height (pixels)', 'height', whole],
    ['File size (kB)', 'bytes', (v) => (v / 1000).toFixed(0)],
    ['Outline area (pixels)', 'maskArea', whole],
    ['Outline area (share of the image)', 'maskShare', percent],
  ];
  const body = rows.map(([name, key, show]) => {
    const { min, lowerQuartile, median, upperQuartile, max, mean } = exploration[key];
    const cells = [min, lowerQuartile, median, upperQuartile, max, mean].map((value) => `<td>${show(value)}</td>`);
    return `<tr><th scope="row">${name}</th>${cells.join('')}</tr>`;
  });
  return `<table>
<thead><tr><th></th><th>least</th><th>lower quartile</th><th>median</th><th>upper quartile</th><th>most</th><th>mean</th></tr></thead>
<tbody>${body.join('\n')}</tbody>
</table>`;
}

function whole(value: number): string {
  return value.toFixed(0);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
