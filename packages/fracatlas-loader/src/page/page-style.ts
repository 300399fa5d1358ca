/** The style sheet of the audit page: light, readable on paper and on a phone. */
export const pageStyle = `
:root { color-scheme: light; --ink: #1d2733; --quiet: #5b6776; --line: #d9dfe6; --fracture: #b4433b; --plain: #9fb4c7; }
body { margin: 0; background: #fff; color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
.finding { border: 1px solid var(--line); border-left-width: 5px; border-radius: 4px; margin: .5rem 0; padding: .5rem .8rem; }
.finding.error { border-left-color: #b3261e; }
.finding.warning { border-left-color: #c77d00; }
.finding.note { border-left-color: #5b7fa6; }
.severity { display: inline-block; min-width: 4.2rem; font-size: .85rem; color: var(--quiet); }
.explanation { display: block; color: var(--quiet); }
summary { cursor: pointer; }
code { font-size: .8rem; color: var(--quiet); }
ul { columns: 22rem auto; font-size: .85rem; padding-left: 1.2rem; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1.2rem; }
figure { margin: 0; }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(27rem, 1fr)); gap: 1rem; }
.pair { border: 1px solid var(--line); border-radius: 4px; padding: .5rem; break-inside: avoid; }
.pair.both-labels { border-color: #b3261e; }
.pair figcaption { font-weight: 400; font-size: .85rem; margin: .3rem 0 0; overflow-wrap: anywhere; }
.side { display: inline-block; width: 49%; vertical-align: top; text-align: center; overflow-wrap: anywhere; }
.side img { display: block; margin: 0 auto; max-width: 100%; height: auto; max-height: 200px; }
.side small { color: var(--quiet); }
figcaption { font-weight: 600; margin-bottom: .3rem; }
figcaption small { font-weight: 400; color: var(--quiet); }
svg { width: 100%; height: auto; }
svg.map { max-width: 16rem; }
svg text { font-size: 12px; fill: var(--ink); }
rect.fractured, .key.fractured { fill: var(--fracture); background: var(--fracture); }
rect.normal, .key.normal { fill: var(--plain); background: var(--plain); }
rect.frame { fill: none; stroke: var(--quiet); }
.key { display: inline-block; width: .8em; height: .8em; margin: 0 .25em 0 .6em; }
table { border-collapse: collapse; margin-top: 1.5rem; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right; font-weight: 400; }
th[scope=row] { text-align: left; }
thead th { color: var(--quiet); }
`;
