import { html, type Markup } from '@fractura/html-page';
import { describePair } from '../audit/duplicate-findings.js';
import type { DuplicatePair } from '../audit/find-duplicates.js';
import type { DuplicateThumbnails } from './duplicate-thumbnails.js';

/** Duplicates side by side, to be judged by eye; nothing where there are none. */
export function duplicateGallery(thumbnails: DuplicateThumbnails, found: number): Markup {
  const { pairs } = thumbnails;
  if (pairs.length === 0) {
    return html``;
  }
  const shown = pairs.length < found ? `${pairs.length} of ${found} pairs; all are in audit.json.` : '';
  return html`<h2>Duplicates side by side</h2>
    <p>Upright, as they are filed; pairs with contradicting labels first. ${shown}</p>
    <div class="pairs">${pairs.map((pair) => pairFigure(pair, thumbnails))}</div>`;
}

function pairFigure(pair: DuplicatePair, { pictures, fractured }: DuplicateThumbnails): Markup {
  const sides = pair.files.map((file) => {
    const picture = pictures.get(file);
    const image = picture === undefined ? html`<i>cannot be decoded</i>` : html`<img src="${picture}" alt="${file}" />`;
    return html`<span class="side"
      >${image}<small>${file}<br />${fractured.has(file) ? 'with' : 'without'} a fracture</small></span
    >`;
  });
  const contradicts = fractured.has(pair.files[0]) !== fractured.has(pair.files[1]);
  return html`<figure class="${contradicts ? 'pair both-labels' : 'pair'}">
    ${sides}
    <figcaption>${describePair(pair)}</figcaption>
  </figure>`;
}
