import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  captureProgram,
  dicomElement,
  dicomFilm,
  patientElements,
  patientMarks,
  temporaryFolder,
} from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { runCommandLine } from '@fractura/command-line';
import { readRadiograph, writeImage } from '@fractura/radiograph';
import { classifyCommands } from '../../src/commands.js';

jest.setTimeout(300_000);

const [width, height] = [40, 32];
let root: string;
const at = (name: string) => join(root, name);

const run = (...argv: string[]) =>
  captureProgram((streams) =>
    runCommandLine(
      { name: 'classify', version: '0.0.0', summary: 'Classifies.', commands: classifyCommands },
      [...argv, '--engine', 'wasm'],
      streams,
    ),
  );

/** Films of a bright or a dark middle, and a classifier of them. */
beforeAll(async () => {
  root = await temporaryFolder('classify-dicom-');
  await mkdir(at('films'));
  const rows = ['file,label,split'];
  for (let n = 0; n < 6; n += 1) {
    const levels = Uint16Array.from({ length: width * height }, (_, i) =>
      Math.abs((i % width) - width / 2) < 8 && n % 2 === 0 ? 3000 + n : 200 + (i % 97),
    );
    const more = [...patientElements(), dicomElement('00280008', 'IS', n === 0 ? '2' : '1')];
    await writeFile(at(`films/${n}.dcm`), dicomFilm({ width, height, levels, more }));
    rows.push(`${n}.dcm,${n % 2 === 0 ? 'fractured' : 'normal'},${n < 4 ? 'train' : 'val'}`);
  }
  await writeFile(at('labels.csv'), `${rows.join('\n')}\n`);
});

test('DICOM films train a classifier, are judged and explained, and nothing of the patient comes out', async () => {
  const ran = [
    await run(
      ...['train', '--images', at('films'), '--labels', at('labels.csv'), '--out', at('out/trained')],
      ...['--epochs', '1', '--size', '32x32', '--batch', '4', '--image-cache', at('out/cache')],
    ),
    await run('predict', '-m', at('out/trained'), '-i', at('films'), '-o', at('out/table.csv')),
    await run('explain', '-m', at('out/trained'), '-i', at('films'), '-o', at('out/maps')),
  ];
  expect(ran.map(({ status }) => status)).toEqual([0, 0, 0]);
  for (const { errors } of ran) {
    expect(errors.match(/0\.dcm holds 2 images; the first is read\./g)).toHaveLength(1);
  }
  const table = await readFile(at('out/table.csv'), 'utf8');
  expect(table.trim().split('\n')).toHaveLength(7);
  expect((await readdir(at('out/maps'))).sort()).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png', '5.png']);
  const texts = ran.flatMap(({ output, errors }) => [output, errors]);
  for (const entry of await readdir(at('out'), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      texts.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
    }
  }
  expect(texts.length).toBeGreaterThan(15);
  for (const mark of Object.values(patientMarks)) {
    expect(texts.filter((text) => text.includes(mark))).toEqual([]);
  }
});

test('a film is judged as its pixels are, whatever file they come in', async () => {
  await mkdir(at('same'));
  const { data } = await readRadiograph(at('films/2.dcm'));
  await writeImage(at('same/a.png'), { data, shape: [height, width] });
  await writeImage(at('same/b.tif'), { data, shape: [height, width] });
  await writeFile(at('same/c.dcm'), await readFile(at('films/2.dcm')));
  const { output, status } = await run('predict', '-m', at('out/trained'), '-i', at('same'));
  expect(status).toBe(0);
  const rows = output
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^[^,]*/, ''));
  expect(rows).toHaveLength(3);
  expect(new Set(rows).size).toBe(1);
});

test('16 bits that look like 12 are said', async () => {
  await mkdir(at('twelve'));
  const data = Uint16Array.from({ length: width * height }, (_, i) => (i * 7) % 4096);
  await writeImage(at('twelve/a.png'), { data, shape: [height, width] });
  const { errors, status } = await run('predict', '-m', at('out/trained'), '-i', at('twelve'));
  expect(status).toBe(0);
  expect(errors).toContain('has 16 bits, but no level above 4095: it looks like an image of 12 bits.');
});
