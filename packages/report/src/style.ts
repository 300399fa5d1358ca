/** The page's style sheet: system fonts, one column, prints well. */
export const style = `
:root { color: #1a1a1a; background: #fff; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h1 { margin-bottom: 0; } h2 { margin-top: 3rem; border-bottom: 1px solid #ddd; } h3 { margin-top: 2rem; }
.caution { border-left: 4px solid #D55E00; background: #fdf3ec; padding: .5rem 1rem; }
.when, .remark, .files { color: #555; font-size: .875rem; }
.files { overflow-wrap: anywhere; margin: 0; }
nav a { margin-right: 1rem; } a { color: #0072B2; }
table { border-collapse: collapse; margin: 1rem 0; font-size: .9375rem; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #e5e5e5; text-align: left; font-weight: normal; }
thead th { font-weight: 600; } caption { text-align: left; color: #555; font-size: .875rem; }
.number { font-variant-numeric: tabular-nums; text-align: right; }
.charts, .examples { display: flex; flex-wrap: wrap; gap: 1rem 1.5rem; align-items: flex-start; }
figure { margin: 0; } figcaption { font-size: .9375rem; font-weight: 600; } .example figcaption { font-weight: normal; }
figure svg { max-width: 100%; }
.legend { font-size: .875rem; margin: .25rem 0; } .legend span { margin-right: 1rem; white-space: nowrap; }
.legend i { display: inline-block; width: 1em; height: .25em; margin-right: .4em; vertical-align: middle; }
i.reference { background: #56B4E9; } i.prediction { background: #E69F00; }
.pair { display: flex; gap: .25rem; } .pair svg { width: 13.5rem; height: auto; background: #000; image-rendering: pixelated; }
path.reference, path.prediction { fill: none; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
path.reference { stroke: #56B4E9; } path.prediction { stroke: #E69F00; }
.findings { list-style: none; padding: 0; } .findings li { border-left: 4px solid #999; padding: .25rem 1rem; margin: .75rem 0; }
.findings p { margin: .125rem 0; } li.error { border-color: #D55E00; } li.warning { border-color: #E69F00; }
.count { background: #eee; border-radius: 1em; padding: 0 .6em; } .severity { color: #555; font-size: .875rem; }
pre { background: #f5f5f5; padding: .75rem 1rem; overflow-x: auto; }
`;
