import { html, Markup } from './markup/markup.js';
import type { ReportData } from './report-data.js';
import { classificationSection } from './sections/classification.js';
import { auditSection, datasetSection } from './sections/dataset.js';
import { reproductionSection } from './sections/reproduction.js';
import { segmentationSection } from './sections/segmentation.js';
import { style } from './style.js';

/**
 * One self-contained HTML page: no script, no address outside the page. The same data give the same bytes.
 *
 * Every text is escaped; numbers that are not defined (NaN) show as a dash.
 */
export function renderReport(data: ReportData): string {
  const { title, createdAt, summary, dataset, audit, segmentation, classification, reproduction } = data;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="when">Made with Fractura on ${createdAt}</p>
          <p class="caution">
            <b>For research, not a medical device.</b> Nothing on this page may guide the care of a patient.
          </p>
          <nav>
            <a href="#data">Data</a><a href="#audit">Audit</a><a href="#segmentation">Segmentation</a>
            <a href="#classification">Classification</a><a href="#reproduce">How to do it again</a>
          </nav>
        </header>
        <main>
          <section id="summary">
            <h2>In short</h2>
            <ul>
              ${summary.map((line) => html`<li>${line}</li>`)}
            </ul>
          </section>
          ${datasetSection(dataset)} ${auditSection(audit)} ${segmentationSection(segmentation)}
          ${classificationSection(classification)} ${reproductionSection(reproduction)}
        </main>
      </body>
    </html> `;
  return page.text;
}
