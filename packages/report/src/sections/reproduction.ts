import { html, type Markup } from '../markup/markup.js';
import { formatSeconds } from '../markup/numbers.js';
import { factTable } from '../markup/tables.js';
import type { ReproductionSection } from '../report-data.js';

export function reproductionSection({ command, facts, stages }: ReproductionSection): Markup {
  const times = stages.map(({ name, seconds }) => ({ label: name, value: formatSeconds(seconds) }));
  return html`<section id="reproduce">
    <h2>How to do it again</h2>
    <pre><code>${command}</code></pre>
    <p>The file run.json beside this page holds the seed, engine, precision, data fingerprint, versions and timings.</p>
    ${factTable(facts)}
    <h3>Where the time went</h3>
    ${factTable(times)}
  </section>`;
}
