/** docs/performance.md from the stored results: a table for each package. */

const HEAD = `# Performance

Written by \`npm run bench\`; do not edit. Ours and the peer ran in turn on the same machine (A B A B). Times are medians, the ratio is
the median of the pairs with its range; above 1 Fractura is the faster one. Rows of arithmetic have a rate beside
the processor's limit, and its part of that. Memory is the peak of the process, ours / peer.
`;

const COLUMNS = ['what', 'ours', 'peer', 'ratio', 'target', 'peak memory', 'machine', 'date, versions'];

/** @param {object[]} rows The results as run.mjs stores them. */
export const performanceTables = (rows) => {
  const packages = [...new Set(rows.map((row) => row.package))].sort();
  const machines = [...new Set(rows.map((row) => row.machine))];
  const tables = packages.map((name) => {
    const lines = rows.filter((row) => row.package === name).map((row) => line(row, machines));
    return `## ${name}\n\n${table([COLUMNS, ...lines])}`;
  });
  const legend = machines.map((machine, i) => `- ${mark(i)}: ${machine}`).join('\n');
  return [HEAD, ...tables, `## Machines\n\n${legend}\n`].join('\n');
};

const line = (row, machines) => [
  row.note ? `${row.name} (${row.note})` : row.name,
  amount(row.ours, row.unit),
  row.peerName ? `${amount(row.peer, row.unit)} (${row.peerName})` : amount(row.peer, row.unit),
  row.ratio === null || row.ratio === undefined
    ? '-'
    : `${round(row.ratio)} (${round(row.ratioMin)} to ${round(row.ratioMax)})`,
  row.target === undefined ? '-' : `${row.target}${verdict(row)}`,
  row.oursPeakMiB || row.peerPeakMiB ? `${mebibytes(row.oursPeakMiB)} / ${mebibytes(row.peerPeakMiB)}` : '-',
  mark(machines.indexOf(row.machine)),
  `${row.date}, ${row.version}, Node ${row.node.slice(1)}`,
];

const verdict = ({ ratio, target }) =>
  ratio === null || ratio === undefined ? '' : ratio >= target ? ', reached' : ', missed';
const mark = (i) => String.fromCharCode('A'.charCodeAt(0) + i);
const round = (value) => Number(value).toFixed(2);
const amount = (value, unit) =>
  value === null || value === undefined ? '-' : `${Number(Number(value).toPrecision(3))} ${unit}`;
const mebibytes = (value) => (value ? `${Math.round(value)} MiB` : '-');

/** Padded as prettier pads, so that formatting changes nothing. */
const table = (lines) => {
  const cells = lines.map((cellsOfLine) => cellsOfLine.map((cell) => String(cell).replaceAll('|', '\\|')));
  const widths = cells[0].map((_, column) => Math.max(3, ...cells.map((cellsOfLine) => cellsOfLine[column].length)));
  const text = (cellsOfLine) => `| ${cellsOfLine.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const [head, ...body] = cells;
  return `${[text(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(text)].join('\n')}\n`;
};
