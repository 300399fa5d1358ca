import { barChart, factTable, figure, html, type Markup } from '@fractura/html-page';
import type { AuditFinding, DatasetSection, Distribution } from '../report-data.js';

/** Files named for a finding before the page says how many more there are. */
const filesShown = 12;

export function datasetSection({ description, facts, distributions }: DatasetSection): Markup {
  return html`<section id="data">
    <h2>The data</h2>
    <p>${description}</p>
    ${factTable(facts)}
    <div class="charts">${distributions.map(distributionChart)}</div>
  </section>`;
}

function distributionChart({ title, counts }: Distribution): Markup {
  const bars = counts.map(({ label, count }) => ({ label, parts: [count] }));
  return figure(title, barChart(title, bars));
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
    <p>Nothing below was silently repaired: what was left out, rotated or clipped is counted here.</p>
    ${body}
  </section>`;
}
