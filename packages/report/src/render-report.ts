import { checkArguments } from '@fractura/errors';
import { html, renderPage } from '@fractura/html-page';
import { checkReportData } from './check-report-data.js';
import { type ReportData, reportDataRule } from './report-data.js';
import { reportStyle } from './report-style.js';
import { classificationSection } from './sections/classification.js';
import { auditSection, datasetSection } from './sections/dataset.js';
import { reproductionSection } from './sections/reproduction.js';
import { segmentationSection } from './sections/segmentation.js';
import { ReportError } from './errors.js';

/**
 * One self-contained HTML page: no script, and no address outside the page but that of the model's own. The same data give the same bytes.
 *
 * Every text is escaped; numbers that are not defined (NaN) show as a dash.
 *
 * @throws ReportError `report-invalid` for data that no study can give
 */
export function renderReport(data: ReportData): string {
  checkArguments({ data }, { data: reportDataRule }, ReportError);
  checkReportData(data);
  const { title, createdAt, summary, tryout, dataset, audit, segmentation, classification, reproduction } = data;
  const body = html`<header>
      <h1>${title}</h1>
      <p class="when">Made with Fractura on ${createdAt}</p>
      <p class="caution">
        <b>For research, not a medical device.</b> Nothing on this page may guide the care of a patient.
      </p>
      <nav>
        <a href="#data">Data</a><a href="#audit">Audit</a><a href="#segmentation">Segmentation</a>
        <a href="#classification">Classification</a><a href="#reproduce">How to reproduce it</a>
      </nav>
    </header>
    <main>
      <section id="summary">
        <h2>Summary</h2>
        <ul>
          ${summary.map((line) => html`<li>${line}</li>`)}
        </ul>
        ${
          tryout === undefined
            ? ''
            : html`<p id="tryout">
                <a href="${tryout.href}">Try the model on a radiograph.</a> ${tryout.description} Browsers run the page
                from a server only: <code>${tryout.command}</code>
              </p>`
        }
      </section>
      ${datasetSection(dataset)} ${auditSection(audit)} ${segmentationSection(segmentation)}
      ${classificationSection(classification)} ${reproductionSection(reproduction)}
    </main>`;
  return renderPage({ title, style: reportStyle, body });
}
