import { figure, histogram, html, type Markup } from '@fractura/html-page';
import { overlayFigure } from '../pictures/overlay.js';
import type { SegmentationSection } from '../report-data.js';
import { measureTable } from '../tables/measure-table.js';
import { curveFigure, epochs } from './curve-figure.js';

const diceTitle = 'Dice of the cross-validated images';

export function segmentationSection(section: SegmentationSection): Markup {
  const { description, crossValidation, heldOut, diceByCase, trainingCurves, examples } = section;
  return html`<section id="segmentation">
    <h2>Segmentation</h2>
    <p>${description}</p>
    ${measureTable([
      { title: 'Cross-validation', measures: crossValidation },
      { title: 'Held-out images, ensemble of all folds', measures: heldOut },
    ])}
    <p class="remark">In brackets: 95 % confidence intervals.</p>
    <div class="charts">
      ${figure(diceTitle, histogram(diceByCase, { title: diceTitle, x: 'Dice', y: 'cases' }))}
      ${curveFigure('Loss in training', trainingCurves.loss, epochs, { label: 'loss', includeZero: true })}
      ${curveFigure('Pseudo-Dice on the validation fold', trainingCurves.dice, epochs, { label: 'Dice', range: [0, 1] })}
    </div>
    <h3>Examples</h3>
    <p class="legend">
      <span><i class="reference"></i>annotated</span><span><i class="prediction"></i>predicted</span>
    </p>
    <div class="examples">${examples.map(overlayFigure)}</div>
  </section>`;
}
