import { curveChart } from '../charts/curves.js';
import { html, type Markup } from '../markup/markup.js';
import { confusionTable, measureTable } from '../markup/tables.js';
import type { ClassificationSection, ClassifierVariant } from '../report-data.js';

export function classificationSection({ description, variants, differences }: ClassificationSection): Markup {
  const groups = variants.map(({ input, measures }) => ({ title: input, measures }));
  const compared =
    differences.length === 0
      ? ''
      : html`<h3>Differences</h3>
          ${measureTable([{ title: 'Difference', measures: differences }])}
          <p class="remark">An interval that holds 0 shows no difference that these images could tell.</p>`;
  return html`<section id="classification">
    <h2>Classification: does the segmentation help?</h2>
    <p>${description}</p>
    ${measureTable(groups)}
    <p class="remark">On the test images. In brackets: 95 % confidence intervals.</p>
    ${compared}
    <div class="charts">
      ${curveChart(
        variants.map(({ input, roc }) => ({ name: input, points: roc.points })),
        { title: 'ROC on the test images', x: '1 - specificity', y: 'sensitivity', chance: true },
      )}
    </div>
    ${variants.map(variantDetails)}
  </section>`;
}

function variantDetails({ input, loss, accuracy, confusion }: ClassifierVariant): Markup {
  return html`<h3>Trained on: ${input}</h3>
    <div class="charts">
      ${curveChart(loss, { title: 'Loss', x: 'epoch', y: 'cross-entropy' })}
      ${curveChart(accuracy, { title: 'Accuracy', x: 'epoch', y: 'accuracy', range: [0, 1] })}
      <figure>
        <figcaption>Confusion matrix on the test images</figcaption>
        ${confusionTable(confusion.classes, confusion.counts)}
      </figure>
    </div>`;
}
