import { checkArguments, rule } from '@fractura/errors';
import { barChart, figure, formatPercent, heatMap, html, renderPage, type Markup } from '@fractura/html-page';
import { type AtlasAudit, atlasAuditRule } from '../audit/audit-atlas.js';
import type { Finding } from '../audit/finding.js';
import { type AtlasExploration, atlasExplorationRule } from '../explore/explore-atlas.js';
import { duplicateGallery } from './duplicate-gallery.js';
import { type DuplicateThumbnails, duplicateThumbnailsRule } from './duplicate-thumbnails.js';
import { findingDetails } from './finding-details.js';
import { fractureColours, labelChart } from './label-chart.js';
import { pageStyle } from './page-style.js';
import { summaryTable } from './summary-table.js';
import { FracatlasLoaderError } from '../errors.js';

/**
 * Renders audit and exploration as one HTML page that needs no other file: no script, no font, no image from elsewhere.
 *
 * @param options `thumbnails` from {@link duplicateThumbnails}, to show duplicates side by side.
 */
export function renderAuditPage(
  audit: AtlasAudit,
  exploration: AtlasExploration,
  options: { thumbnails?: DuplicateThumbnails } = {},
): string {
  checkArguments({ audit, exploration, options }, renderAuditPageArguments, FracatlasLoaderError);
  const { thumbnails } = options;
  const { images, fractured, normal, annotations } = exploration;
  const title = `Audit of ${images} radiographs`;
  const body = html`<main>
    <h1>${title}</h1>
    <p>
      ${fractured} with a fracture (${formatPercent(fractured / Math.max(1, images))}), ${normal} without;
      ${annotations} outlines.
    </p>
    <p class="caution"><b>For research, not a medical device.</b></p>
    ${findingsSection(audit)} ${thumbnails ? duplicateGallery(thumbnails, audit.duplicatePairs.length) : ''}
    ${imagesSection(exploration)} ${outlinesSection(exploration)} ${summaryTable(exploration)}
  </main>`;
  return renderPage({ title, style: pageStyle, body });
}

function findingsSection({ findings, splits }: AtlasAudit): Markup {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return html`<h2>Findings</h2>
    <p>
      ${count('error')} errors, ${count('warning')} warnings, ${count('note')} notes. Splits checked:
      ${splits.join(', ') || 'none'}.
    </p>
    ${findings.length === 0 ? html`<p>Nothing was found.</p>` : findings.map(findingDetails)}`;
}

function imagesSection(exploration: AtlasExploration): Markup {
  const { bodyParts, views, hardware, multiscan, channels, orientations, sizes } = exploration;
  return html`<h2>Images</h2>
    <div class="charts">
      ${labelChart('Body part', bodyParts)} ${labelChart('View', views)} ${labelChart('Hardware', hardware)}
      ${labelChart('Films in the image', multiscan)} ${labelChart('Channels', channels)}
      ${labelChart('EXIF orientation', orientations)}
      ${labelChart('Size in pixels (the most frequent)', sizes.slice(0, 8))}
    </div>`;
}

function outlinesSection({ annotationsPerImage, maskShareHistogram, positions }: AtlasExploration): Markup {
  const perImage = annotationsPerImage.map(({ annotations, images }) => ({
    label: String(annotations),
    parts: [images],
  }));
  const shares = maskShareHistogram
    .filter(({ count }) => count > 0)
    .map(({ from, to, count }) => ({ label: `${formatPercent(from)} to ${formatPercent(to)}`, parts: [count] }));
  const colours = [fractureColours.fractured];
  const bars = (title: string, counts: typeof shares) => figure(title, barChart(title, counts, { colours }));
  const where = 'Where outlines lie (centres)';
  return html`<h2>Outlines</h2>
    <div class="charts">
      ${bars('Outlines in an image', perImage)} ${bars('Share of the image that an outline takes', shares)}
      ${figure(where, heatMap(where, positions, { colour: fractureColours.fractured }))}
    </div>`;
}

const renderAuditPageArguments = {
  audit: atlasAuditRule,
  exploration: atlasExplorationRule,
  options: rule.fields({ thumbnails: rule.optional(duplicateThumbnailsRule) }),
};
