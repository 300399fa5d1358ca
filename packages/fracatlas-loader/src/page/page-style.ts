/** What the audit page adds to the base style. */
export const pageStyle = `
.finding { border: 1px solid var(--line); border-left-width: 5px; border-radius: 4px; margin: .5rem 0; padding: .5rem .8rem; }
.finding.error { border-left-color: #b3261e; }
.finding.warning { border-left-color: #c77d00; }
.finding.note { border-left-color: #5b7fa6; }
.finding ul { columns: 22rem auto; font-size: .85rem; padding-left: 1.2rem; overflow-wrap: anywhere; }
.finding code { color: var(--quiet); }
.severity { display: inline-block; min-width: 4.2rem; font-size: .85rem; color: var(--quiet); }
.explanation { display: block; color: var(--quiet); }
summary { cursor: pointer; }
.pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(27rem, 100%), 1fr)); gap: 1rem; }
.pair { border: 1px solid var(--line); border-radius: 4px; padding: .5rem; break-inside: avoid; }
.pair.both-labels { border-color: #b3261e; }
.pair figcaption { font-weight: 400; font-size: .85rem; margin: .3rem 0 0; overflow-wrap: anywhere; }
.side { display: inline-block; width: 49%; vertical-align: top; text-align: center; overflow-wrap: anywhere; }
.side img { display: block; margin: 0 auto; max-width: 100%; height: auto; max-height: 200px; }
.side small { color: var(--quiet); }
`;
