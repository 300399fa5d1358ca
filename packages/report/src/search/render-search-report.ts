import { checkArguments } from '@fractura/errors';
import {
  factTable,
  figure,
  html,
  intervalPlot,
  numberCell,
  parallelCoordinates,
  renderPage,
  table,
  textCell,
  type Markup,
} from '@fractura/html-page';
import { reportStyle } from '../report-style.js';
import { type SearchedPoint, type SearchReportData, searchReportDataRule } from './search-report-data.js';
import { ReportError } from '../errors.js';

/**
 * One self-contained HTML page of a search of settings: the table of all points, a line for each across all settings (parallel
 * coordinates), and the score over each setting alone, with intervals over seeds. The same data give the same bytes.
 */
export function renderSearchReport(data: SearchReportData): string {
  checkArguments({ data }, { data: searchReportDataRule }, ReportError);
  const { title, summary, facts, command } = data;
  const body = html`<header>
      <h1>${title}</h1>
      <p class="caution"><b>For research, not a medical device.</b></p>
    </header>
    <main>
      <section id="summary">
        <h2>Summary</h2>
        <ul>
          ${summary.map((line) => html`<li>${line}</li>`)}
        </ul>
      </section>
      ${plots(data)}
      <section id="points">
        <h2>All points</h2>
        ${pointTable(data)}
      </section>
      <section id="reproduce">
        <h2>How to reproduce it</h2>
        <pre>${command}</pre>
        ${factTable(facts)}
      </section>
    </main>`;
  return renderPage({ title, style: reportStyle, body });
}

/** Of the points that were scored; the best one is marked. */
function plots({ measure, settings, points }: SearchReportData): Markup {
  const scored = points.filter((point): point is SearchedPoint & { score: number } => point.score !== undefined);
  if (scored.length === 0) {
    return html`<p>No point was scored.</p>`;
  }
  const columns = settings.map(({ name, log }, i) => ({
    label: name,
    log,
    values: scored.map(({ values }) => values[i]),
  }));
  const axes = [...columns, { label: 'score', values: scored.map(({ score }) => score) }];
  const title = 'Every point across all settings';
  return html`<section id="plots">
    <h2>What the score depends on</h2>
    <p>The best point is orange. Scores: ${measure}. Bars are 95 % intervals over the seeds.</p>
    ${figure(title, parallelCoordinates(axes, { title, marked: 0 }))}
    <div class="charts">
      ${columns.map(({ label, log, values }) => {
        const measured = scored.map(({ score, interval }, i) => ({ x: values[i], y: score, interval }));
        const plot = intervalPlot(measured, { title: `Score by ${label}`, x: { label, log }, y: 'score', marked: 0 });
        return figure(`Score by ${label}`, plot);
      })}
    </div>
  </section>`;
}

function pointTable({ settings, points }: SearchReportData): Markup {
  return table({
    columns: ['point', ...settings.map(({ name }) => name), 'score', '95 % over seeds', ''],
    rows: points.map(({ point, values, score, interval, remark }, rank) => ({
      name: String(rank + 1),
      cells: [
        numberCell(String(point)),
        ...values.map((value) => textCell(value === undefined ? '–' : String(value))),
        numberCell(score === undefined ? '–' : score.toFixed(4)),
        numberCell(interval === undefined ? '–' : interval.map((bound) => bound.toFixed(4)).join(' to ')),
        textCell(remark ?? ''),
      ],
    })),
  });
}
