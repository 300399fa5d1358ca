import { formatNumber, html, type Markup } from '@fractura/html-page';
import type { SegmentationExample } from '../report-data.js';
import { pictureAddress } from './grey-picture.js';
import { maskOutline } from './mask-outline.js';

/** A radiograph with the outlines of the annotated and the predicted mask, beside the radiograph alone. */
export function overlayFigure({ rank, file, dice, image, reference, prediction }: SegmentationExample): Markup {
  const { width, height } = image;
  const address = pictureAddress(image);
  const plain = html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${file}">
    <image href="${address}" width="${width}" height="${height}" />
  </svg>`;
  const drawn = html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${file} with masks">
    <image href="${address}" width="${width}" height="${height}" />
    <path class="reference" d="${maskOutline(reference)}" />
    <path class="prediction" d="${maskOutline(prediction)}" />
  </svg>`;
  return html`<figure class="example">
    <figcaption><b>${rank}</b>: ${file}, Dice ${formatNumber(dice)}</figcaption>
    <div class="pair">${plain}${drawn}</div>
  </figure>`;
}
