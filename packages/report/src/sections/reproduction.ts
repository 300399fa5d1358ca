import { formatDuration } from '@fractura/command-line';
import { factTable, html, type Markup } from '@fractura/html-page';
import type { ReproductionSection } from '../report-data.js';

export function reproductionSection({ command, facts, stages }: ReproductionSection): Markup {
  const times = stages.map(({ name, seconds }) => ({ label: name, value: formatDuration(1000 * seconds) }));
  return html`<section id="reproduce">
    <h2>How to reproduce it</h2>
    <pre><code>${command}</code></pre>
    <p>The file run.json beside this page holds the seed, engine, precision, data fingerprint, versions and timings.</p>
    ${factTable(facts)}
    <h3>Time by stage</h3>
    ${factTable(times)}
  </section>`;
}
