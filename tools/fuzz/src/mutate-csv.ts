import type { Draw } from '@fractura/testing';

const cells = [
  '',
  '"',
  '""',
  "'=1+1",
  '__proto__',
  '../../x',
  'a\u0000b',
  '\u001b[2J',
  '-1',
  '1e9',
  'NaN',
  'ä'.normalize('NFD'),
  'x'.repeat(5000),
];

/** A CSV table with changed cells, rows, separators or headings. */
export function mutateCsv(sound: string, draw: Draw): Uint8Array {
  let lines = sound.trim().split('\n');
  for (let change = draw(3); change >= 0; change -= 1) {
    const at = draw(lines.length);
    const row = (lines[at] ?? '').split(',');
    switch (draw(7)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        lines.push(lines[at]);
        break;
      case 2:
        lines = lines.map((line) => line.replaceAll(',', [';', '\t', '|', ''][draw(4)]));
        break;
      case 3:
        lines[0] = (lines[0] ?? '').toUpperCase();
        break;
      case 4:
        row.splice(draw(row.length), draw(2), cells[draw(cells.length)]);
        lines[at] = row.join(',');
        break;
      default:
        row[draw(row.length)] = cells[draw(cells.length)];
        lines[at] = row.join(',');
    }
    if (lines.length === 0) {
      lines = [''];
    }
  }
  return Buffer.from(`${draw(4) === 0 ? '\uFEFF' : ''}${lines.join(draw(3) === 0 ? '\r\n' : '\n')}`);
}
