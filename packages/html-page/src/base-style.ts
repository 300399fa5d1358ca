/** The style sheet that all pages share: system fonts, one column, light, readable on paper and on a phone. */
export const baseStyle = `
:root {
  color-scheme: light;
  --ink: #1d2733; --quiet: #5b6776; --line: #d9dfe6; --accent: #0072B2; --caution: #D55E00;
  color: var(--ink); background: #fff; font: 16px/1.5 system-ui, sans-serif;
}
body { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h1 { font-size: 1.8rem; margin-bottom: 0; } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); } h3 { margin-top: 2rem; }
a { color: var(--accent); }
code, pre { font-size: .875rem; } pre { background: #f4f6f8; padding: .75rem 1rem; overflow-x: auto; }
.caution { border-left: 4px solid var(--caution); background: #fdf3ec; padding: .5rem 1rem; }
.remark { color: var(--quiet); font-size: .875rem; }
table { border-collapse: collapse; margin: 1rem 0; font-size: .9375rem; display: block; overflow-x: auto; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--line); text-align: left; font-weight: normal; }
thead th { font-weight: 600; } caption { text-align: left; color: var(--quiet); font-size: .875rem; }
.number { font-variant-numeric: tabular-nums; text-align: right; }
figure { margin: 0; } figcaption { font-size: .9375rem; font-weight: 600; margin-bottom: .3rem; }
.charts { display: flex; flex-wrap: wrap; gap: 1.25rem 1.5rem; align-items: flex-start; }
.chart svg { display: block; max-width: 100%; height: auto; }
.legend { display: block; font-size: .875rem; font-weight: normal; margin: .25rem 0; }
.legend > span { margin-right: 1rem; white-space: nowrap; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; vertical-align: baseline; }
@media print { body { max-width: none; } figure, tr { break-inside: avoid; } }
`;
