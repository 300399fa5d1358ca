import { barChart } from '../charts/bars.js';
import { html, type Markup } from '../markup/markup.js';
import { factTable } from '../markup/tables.js';
import type { AuditFinding, DatasetSection } from '../report-data.js';

/** Files named for a finding before the page says how many more there are. */
const filesShown = 12;

export function datasetSection({ description, facts, distributions }: DatasetSection): Markup {
  return html`<section id="data">
    <h2>The data</h2>
    <p>${description}</p>
    ${factTable(facts)}
    <div class="charts">${distributions.map(barChart)}</div>
  </section>`;
}

export function auditSection(findings: readonly AuditFinding[]): Markup {
  const list = findings.map(({ severity, title, explanation, count, files }) => {
    const more = files.length > filesShown ? `, and ${files.length - filesShown} more` : '';
    const named = files.length === 0 ? '' : html`<p class="files">${files.slice(0, filesShown).join(', ')}${more}</p>`;
    return html`<li class="${severity}">
      <b>${title}</b> <span class="count">${count}</span> <span class="severity">${severity}</span>
      <p>${explanation}</p>
      ${named}
    </li>`;
  });
  const body =
    findings.length === 0
      ? html`<p>The audit found nothing.</p>`
      : html`<ul class="findings">
          ${list}
        </ul>`;
  return html`<section id="audit">
    <h2>What the audit found</h2>
    <p>Nothing below was repaired in silence: what was left out, turned or clipped is counted here.</p>
    ${body}
  </section>`;
}
