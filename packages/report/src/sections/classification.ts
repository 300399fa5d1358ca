import { figure, html, lineChart, type Markup } from '@fractura/html-page';
import type { ClassificationSection, ClassifierVariant } from '../report-data.js';
import { confusionTable } from '../tables/confusion-table.js';
import { measureTable } from '../tables/measure-table.js';
import { curveFigure, epochs, legendOf } from './curve-figure.js';

export function classificationSection({ description, variants, differences }: ClassificationSection): Markup {
  const groups = variants.map(({ input, measures }) => ({ title: input, measures }));
  const compared =
    differences.length === 0
      ? ''
      : html`<h3>Differences</h3>
          ${measureTable([{ title: 'Difference', measures: differences }])}
          <p class="remark">An interval that contains 0 means that these images show no difference.</p>`;
  return html`<section id="classification">
    <h2>Classification: does the segmentation help?</h2>
    <p>${description}</p>
    ${measureTable(groups)}
    <p class="remark">On the test images. In brackets: 95 % confidence intervals.</p>
    ${compared}
    <div class="charts">${rocFigure(variants)}</div>
    ${variants.map(variantDetails)}
  </section>`;
}

function rocFigure(variants: readonly ClassifierVariant[]): Markup {
  const title = 'ROC on the test images';
  const lines = variants.map(({ input, roc }) => ({ name: input, points: roc.points, stepped: true }));
  const chart = lineChart(lines, {
    title,
    x: { label: '1 - specificity', range: [0, 1] },
    y: { label: 'sensitivity', range: [0, 1] },
    diagonal: true,
    width: 360,
    height: 340,
  });
  return figure(title, chart, legendOf(lines));
}

function variantDetails({ input, loss, accuracy, confusion }: ClassifierVariant): Markup {
  return html`<h3>Trained on: ${input}</h3>
    <div class="charts">
      ${curveFigure('Loss', loss, epochs, { label: 'cross-entropy', includeZero: true })}
      ${curveFigure('Accuracy', accuracy, epochs, { label: 'accuracy', range: [0, 1] })}
      <figure>
        <figcaption>Confusion matrix on the test images</figcaption>
        ${confusionTable(confusion.classes, confusion.counts)}
      </figure>
    </div>`;
}
