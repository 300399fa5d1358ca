import { unitHistogram } from '../charts/bars.js';
import { curveChart } from '../charts/curves.js';
import { html, type Markup } from '../markup/markup.js';
import { measureTable } from '../markup/tables.js';
import { overlayFigure } from '../pictures/overlay.js';
import type { SegmentationSection } from '../report-data.js';

export function segmentationSection(section: SegmentationSection): Markup {
  const { description, crossValidation, heldOut, diceByCase, trainingCurves, examples } = section;
  return html`<section id="segmentation">
    <h2>Segmentation</h2>
    <p>${description}</p>
    ${measureTable([
      { title: 'Cross-validation', measures: crossValidation },
      { title: 'Held-out images, all folds together', measures: heldOut },
    ])}
    <p class="remark">In brackets: 95 % confidence intervals.</p>
    <div class="charts">
      ${unitHistogram('Dice of the cross-validated images', diceByCase, 'Dice')}
      ${curveChart(trainingCurves.loss, { title: 'Loss in training', x: 'epoch', y: 'loss' })}
      ${curveChart(trainingCurves.dice, { title: 'Pseudo-Dice on the validation fold', x: 'epoch', y: 'Dice', range: [0, 1] })}
    </div>
    <h3>Examples</h3>
    <p class="legend">
      <span><i class="reference"></i>annotated</span><span><i class="prediction"></i>predicted</span>
    </p>
    <div class="examples">${examples.map(overlayFigure)}</div>
  </section>`;
}
