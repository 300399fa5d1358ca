import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { joinScores } from '../../src/comparison/join-scores.js';
import { readScores } from '../../src/comparison/read-scores.js';
import { runClassify } from '../support/run-classify.js';

let root: string;
const at = (name: string) => join(root, name);

/** Two folds of a segmenter's validation, and a classifier's table of the same films. */
beforeAll(async () => {
  root = await temporaryFolder('fuse-');
  const lines = ['file,image,view'];
  for (const fold of [0, 1]) {
    const cases: Record<string, object> = {};
    for (let i = 0; i < 20; i += 1) {
      const reference = i % 2 === 0 ? 0 : 100 * i;
      const shown = i % 2 === 0 ? 0.2 : 0.6;
      cases[`film_${fold}_${i}`] = { reference, largest: shown + (i % 5) / 10, presence: [shown + (i % 3) / 10] };
      lines.push(
        `films/film_${fold}_${i}.png,${(shown + (i % 7) / 20).toFixed(3)},${i % 4 < 2 ? 'lateral' : 'frontal'}`,
      );
    }
    await writeFile(at(`fold_${fold}.json`), JSON.stringify(cases));
  }
  await writeFile(at('image.csv'), `${lines.join('\n')}\nfilms/other.png,0.5,lateral\n`);
});

test('folds of a segmenter and the table of a classifier are joined film by film', async () => {
  const files = ['fold_0.json', 'fold_1.json', 'image.csv'].map(at);
  const tables = await Promise.all(files.map(async (file) => ({ file, table: await readScores(file) })));
  const { cases, leftOut } = joinScores(tables);
  expect(cases).toHaveLength(40);
  expect(cases[0]).toEqual({
    id: 'film_0_0',
    label: 0,
    fold: 0,
    scores: { 'largest probability': 0.2, 'presence head': 0.2, image: 0.2 },
    strata: { view: 'lateral' },
  });
  expect(cases[21]).toMatchObject({ fold: 1, label: 1, strata: { 'lesion size': 'below 16 x 16 pixels' } });
  expect(leftOut).toEqual([{ id: 'other', lacks: 'a label' }]);
});

test('the command writes the comparison and what each judge says of each film', async () => {
  const scores = ['fold_0.json', 'fold_1.json', 'image.csv'].map(at);
  const { status, stdout, stderr } = await runClassify(
    'fuse',
    '--scores',
    ...scores,
    '-o',
    at('fused'),
    '--resamples',
    '50',
  );
  expect(status).toBe(0);
  expect(stderr).toContain('1 films are left out, such as other, which lacks a label.');
  expect(stdout).toMatch(/^40 films, 20 positive/);
  const comparison = JSON.parse(await readFile(at('fused/comparison.json'), 'utf8')) as {
    judges: { name: string }[];
    differences: { second: string }[];
  };
  const names = ['largest probability', 'presence head', 'image', 'mean of logits', 'logistic regression'];
  expect(comparison.judges.map(({ name }) => name)).toEqual(names);
  expect(comparison.differences.map(({ second }) => second)).toEqual(names.slice(1).map(() => names[0]));
  const rows = (await readFile(at('fused/judgements.csv'), 'utf8')).trim().split('\n');
  expect(rows).toHaveLength(41);
  const byImage = await runClassify(
    'fuse',
    '--scores',
    ...scores,
    '--baseline',
    'image',
    '--json',
    '--resamples',
    '50',
  );
  expect((JSON.parse(byImage.stdout) as typeof comparison).differences[0].second).toBe('image');
  const unknown = await runClassify('fuse', '--scores', ...scores, '--baseline', 'nobody');
  expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('--baseline is "nobody"') as unknown });
});

test.each([
  ['a table without files', 'bad.csv', 'name,a\nx,0.5\n', 'has no column file'],
  ['a film named twice', 'bad.csv', 'file,a\nx.png,0.5\nx.jpg,0.5\n', 'names x.jpg again in row 2'],
  ['a label that is none', 'bad.csv', 'file,label,a\nx.png,yes,0.5\n', 'has the label "yes" in row 1'],
  ['a fold that is none', 'bad.csv', 'file,fold,a\nx.png,-1,0.5\n', 'has the fold "-1" in row 1'],
  ['text that is no JSON', 'bad.json', '{', 'is no JSON'],
  ['a case without its numbers', 'bad.json', '{"x":{"largest":1}}', 'has no numbers "reference" and "largest" of x'],
])('%s is refused by name', async (_, name, text, message) => {
  await writeFile(at(name), text);
  await expect(readScores(at(name))).rejects.toMatchObject({
    code: 'scores-invalid',
    message: expect.stringContaining(message) as unknown,
  });
});

test('files that contradict each other are refused', async () => {
  await writeFile(at('labels.csv'), 'file,label\nfilm_0_0,1\n');
  const tables = await Promise.all(
    ['fold_0.json', 'labels.csv'].map(at).map(async (file) => ({ file, table: await readScores(file) })),
  );
  expect(() => joinScores(tables)).toThrow(/labels\.csv contradicts an earlier file about film_0_0: its label/);
});
