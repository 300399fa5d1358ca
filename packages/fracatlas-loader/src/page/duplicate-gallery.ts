import type { DuplicatePair } from '../audit/find-duplicates.js';
import { describePair } from '../audit/duplicate-findings.js';
import type { DuplicateThumbnails } from './duplicate-thumbnails.js';
import { escapeHtml } from './escape-html.js';

/** Duplicates side by side, to be judged by eye; nothing where there are none. */
export function duplicateGallery(thumbnails: DuplicateThumbnails, found: number): string {
  const { pairs } = thumbnails;
  if (pairs.length === 0) {
    return '';
  }
  const shown = pairs.length < found ? `${pairs.length} of ${found} pairs; all are in audit.json.` : '';
  return `<h2>Duplicates side by side</h2>
<p>Upright, as they are filed; those with both labels first. ${shown}</p>
<div class="pairs">
${pairs.map((pair) => pairFigure(pair, thumbnails)).join('\n')}
</div>`;
}

function pairFigure(pair: DuplicatePair, { pictures, fractured }: DuplicateThumbnails): string {
  const sides = pair.files.map((file) => {
    const picture = pictures.get(file);
    const name = escapeHtml(file);
    const image = picture === undefined ? '<i>does not decode</i>' : `<img src="${picture}" alt="${name}"/>`;
    return `<span class="side">${image}<small>${name}<br/>${fractured.has(file) ? 'with' : 'without'} a fracture</small></span>`;
  });
  const contradicts = fractured.has(pair.files[0]) !== fractured.has(pair.files[1]);
  const className = contradicts ? 'pair both-labels' : 'pair';
  return `<figure class="${className}">${sides.join('')}<figcaption>${escapeHtml(describePair(pair))}</figcaption></figure>`;
}
