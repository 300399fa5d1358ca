/** What the report's page adds to the base style. */
export const reportStyle = `
.when, .files { color: var(--quiet); font-size: .875rem; }
.files { overflow-wrap: anywhere; margin: 0; }
nav a { margin-right: 1rem; }
.examples { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; } .example figcaption { font-weight: normal; }
.pair { display: flex; gap: .25rem; } .pair svg { width: 13.5rem; height: auto; background: #000; image-rendering: pixelated; }
path.reference, path.prediction { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
path.reference { stroke: #56B4E9; } path.prediction { stroke: #E69F00; }
i.reference { background: #56B4E9; } i.prediction { background: #E69F00; }
.findings { list-style: none; padding: 0; } .findings li { border-left: 4px solid #999; padding: .25rem 1rem; margin: .75rem 0; }
.findings p { margin: .125rem 0; } li.error { border-color: #D55E00; } li.warning { border-color: #E69F00; }
.count { background: #eee; border-radius: 1em; padding: 0 .6em; } .severity { color: var(--quiet); font-size: .875rem; }
`;
