import { html, type Markup } from '@fractura/html-page';
import type { Finding } from '../audit/finding.js';

/** Lines of a finding that the page lists; audit.json has all. */
const maxLines = 200;

/** A finding with its explanation, and below, to be opened, the files or details that it concerns. */
export function findingDetails({ code, severity, title, explanation, count, files, details }: Finding): Markup {
  const lines = details.length > 0 ? details : files;
  const headline = new RegExp(`\\b${count}\\b`).test(title) ? title : `${title}: ${count}`;
  const shown = lines.slice(0, maxLines).map((line) => html`<li>${line}</li>`);
  const more = lines.length > maxLines ? html`<li>and ${lines.length - maxLines} more, in audit.json</li>` : '';
  return html`<details class="finding ${severity}">
    <summary>
      <span class="severity">${severity}</span> <strong>${headline}</strong> <code>${code}</code>
      <span class="explanation">${explanation}</span>
    </summary>
    <ul>
      ${shown} ${more}
    </ul>
  </details>`;
}
