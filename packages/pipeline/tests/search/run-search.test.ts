import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { SearchResult } from '../../src/search/run-search.js';
import { fractura } from '../support/fractura.js';
import { killOnce, startProgram } from '../support/run-program.js';
import { tinySettings } from '../support/tiny-study.js';

jest.setTimeout(1_200_000);

let folder: string;
let space: string;
let unbroken: SearchResult;
beforeAll(async () => {
  folder = await temporaryFolder('fractura-search-');
  const { folds, ...settings } = tinySettings;
  space = await writeSpace('space.yaml', {
    target: 'segmentation',
    method: 'random',
    points: 2,
    seed: 5,
    seeds: [0, 1],
    folds,
    settings,
    space: { learningRate: { from: 0.001, to: 0.5, scale: 'log' }, augmentation: ['light', 'none'] },
  });
  unbroken = await search('unbroken');
});

async function writeSpace(name: string, content: object): Promise<string> {
  // JSON is YAML.
  await writeFile(join(folder, name), JSON.stringify(content));
  return join(folder, name);
}

const words = (out: string, ...options: string[]) => [
  ...['search', space, '--out', join(folder, out), '--tfjs-engine', 'wasm', '--json'],
  ...options,
];

async function search(out: string, ...options: string[]): Promise<SearchResult> {
  const { status, output, errors } = await fractura(...words(out, ...options));
  expect({ status, errors: status === 0 ? '' : errors }).toEqual({ status: 0, errors: '' });
  return JSON.parse(output) as SearchResult;
}

/** What does not depend on how long it took. */
const found = ({ table }: SearchResult) =>
  table.rows.map(({ trials, ...row }) => ({ ...row, trials: trials.map(({ folds, failed }) => ({ folds, failed })) }));

test('every point is trained with every seed on every inner fold, the best first', () => {
  const { rows, notBegun } = unbroken.table;
  expect(notBegun).toBe(0);
  expect(rows.map(({ point }) => point).sort()).toEqual([0, 1]);
  expect(rows[0].score).toBeGreaterThanOrEqual(rows[1].score!);
  for (const { trials, score, interval } of rows) {
    expect(trials.map(({ seed, folds }) => [seed, folds?.length])).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(score).toBeCloseTo((trials[0].score! + trials[1].score!) / 2, 12);
    expect(interval![0]).toBeLessThanOrEqual(score!);
  }
});

test('the page has the table and both plots, and networks are not kept', async () => {
  const page = await readFile(unbroken.page, 'utf8');
  expect(page).toContain('Every point across all settings');
  expect(page).toContain('Score by learningRate');
  expect(page).toContain(unbroken.table.rows[0].score!.toFixed(4));
  expect(await readdir(join(folder, 'unbroken', 'trials', 'point-0_seed-0'))).toEqual(['trial.json']);
});

test('what is held out is in no inner fold', async () => {
  const [data] = await readdir(join(folder, 'unbroken', 'data'));
  const text = await readFile(join(folder, 'unbroken', 'data', data, 'splits.json'), 'utf8');
  const { heldOut, folds, groups } = JSON.parse(text) as {
    heldOut: string[];
    folds: { train: string[]; val: string[] }[];
    groups: string[][];
  };
  expect(heldOut.length).toBeGreaterThan(0);
  expect(folds.flatMap(({ train, val }) => [...train, ...val]).filter((file) => heldOut.includes(file))).toEqual([]);
  for (const { train, val } of folds) {
    expect(
      groups.filter((group) => train.some((f) => group.includes(f)) && val.some((f) => group.includes(f))),
    ).toEqual([]);
  }
});

test('killed without warning and called again, it ends with the same table', async () => {
  const out = join(folder, 'killed');
  const start = () => startProgram(...words('killed'));
  expect(await killOnce(join(out, 'trials', 'point-0_seed-1'), start())).toMatchObject({ end: 'SIGKILL' });
  expect(existsSync(join(out, 'trials', 'point-0_seed-0', 'trial.json'))).toBe(true);
  expect(existsSync(join(out, 'best.yaml'))).toBe(false);
  expect(found(await search('killed'))).toEqual(found(unbroken));
});

test('as jobs of processes it gives the same table', async () => {
  expect(found(await search('jobs', '--engine', 'local', '--at-once', '2'))).toEqual(found(unbroken));
  expect(await readdir(join(folder, 'jobs', 'jobs', '001', 'jobs'))).toHaveLength(4);
});

test('a spent budget begins nothing, and more of it goes on; another search in the folder is refused', async () => {
  const first = await search('budget', '--hours', '0.000001');
  // The first training begins; it spends the budget.
  expect(first.table).toMatchObject({ notBegun: 1, rows: [{ point: 0, score: null }] });
  expect(first.best).toBeUndefined();
  const more = await search('budget', '--points', '1');
  expect(more.table).toMatchObject({ notBegun: 0, rows: [{ point: 0 }] });
  expect(more.table.rows[0].trials).toHaveLength(2);
  const other = JSON.parse(await readFile(space, 'utf8')) as object;
  const file = await writeSpace('other.yaml', { ...other, folds: 3 });
  const refused = await fractura('search', file, '--out', join(folder, 'budget'), '--tfjs-engine', 'wasm');
  expect(refused).toMatchObject({
    status: 1,
    errors: expect.stringContaining('has a search whose folds is 2, not 3.') as unknown,
  });
});

test('the best settings are a file that run takes', async () => {
  const out = join(folder, 'study');
  const run = await fractura('run', '--config', unbroken.best!, '--folds', '2', '--out', out, '--engine', 'wasm');
  expect(run).toMatchObject({ status: 0 });
  const { settings } = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as { settings: object };
  expect(settings).toMatchObject({ ...unbroken.table.rows[0].settings, size: 32, hours: 0 });
});
