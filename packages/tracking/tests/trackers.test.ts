import { appendFileSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { useTemporaryFolder } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import { openTracker, trackerNames, type TrackerName } from '../src/index.js';
import { decodeRecords } from '../src/tensorboard/record-file.js';

const path = useTemporaryFolder('fractura-tracking-');
const open = (name: TrackerName) =>
  openTracker({
    name,
    folder: path('runs'),
    experiment: 'exp',
    run: 'fold_0',
    parameters: { lr: 0.01, recipe: 'nnunet' },
  });
const step = (n: number) => ({ step: n, time: 1000 + n, scalars: { 'loss/train': -n / 4, dice: NaN } });

/** Every file below a folder, by its way there. */
function files(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, 'latin1')]),
  );
}

describe.each(trackerNames)('%s', (name) => {
  test('goes on after the last step that is kept; a step is kept once', async () => {
    const first = await open(name);
    expect(first.lastStep).toBe(-1);
    await first.add(step(0));
    await first.add(step(1));
    const again = await open(name);
    expect(again.lastStep).toBe(1);
    const before = files(path('runs'));
    await again.add(step(1));
    expect(files(path('runs'))).toEqual(before);
    await again.add(step(2));
    expect((await open(name)).lastStep).toBe(2);
  });

  test('begins anew where that is asked for', async () => {
    await (await open(name)).add(step(3));
    const run = { name, folder: path('runs'), experiment: 'exp', run: 'fold_0', parameters: {}, restart: true };
    expect((await openTracker(run)).lastStep).toBe(-1);
  });

  test('finishes with what the run came to, and may go on all the same', async () => {
    const tracker = await open(name);
    await tracker.add(step(0));
    await tracker.finish({ 'validation/dice': 0.5 });
    expect((await open(name)).lastStep).toBe(0);
  });
});

test('TensorBoard: a part of a record that a killed process left is cut off', async () => {
  const tracker = await open('tensorboard');
  await tracker.add(step(0));
  await tracker.add(step(1));
  const [name] = readdirSync(path('runs/fold_0'));
  const file = path(`runs/fold_0/${name}`);
  const { records, end } = decodeRecords(readFileSync(file));
  expect(records).toHaveLength(4);
  truncateSync(file, end - 3);
  const again = await open('tensorboard');
  expect(again.lastStep).toBe(0);
  await again.add(step(1));
  expect(decodeRecords(readFileSync(file)).records).toHaveLength(4);
});

test('JSON Lines: the run first, then the steps without what is not finite, then the end', async () => {
  const tracker = await open('jsonl');
  await tracker.add(step(1));
  await tracker.finish({ dice: 0.5 });
  const lines = readFileSync(path('runs/fold_0.jsonl'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { experiment: 'exp', run: 'fold_0', parameters: { lr: 0.01, recipe: 'nnunet' } },
    { step: 1, time: 1001, 'loss/train': -0.25 },
    { finished: expect.any(Number), dice: 0.5 },
  ]);
});

test('JSON Lines: a cut line goes, and a file of something else is refused', async () => {
  await (await open('jsonl')).add(step(0));
  appendFileSync(path('runs/fold_0.jsonl'), '{"step":1,');
  expect((await open('jsonl')).lastStep).toBe(0);
  appendFileSync(path('runs/fold_0.jsonl'), 'no JSON\n');
  await expect(open('jsonl')).rejects.toThrow('fold_0.jsonl is not a file of curves in JSON Lines.');
});

test('MLflow: experiment, run, parameters and metrics lie where its file store has them', async () => {
  const tracker = await open('mlflow');
  await tracker.add(step(2));
  const all = files(path('runs'));
  const [experiment] = readdirSync(path('runs'));
  const [run] = readdirSync(path(`runs/${experiment}`)).filter((name) => name !== 'meta.yaml');
  expect(experiment).toMatch(/^\d{18}$/);
  expect(run).toMatch(/^[0-9a-f]{32}$/);
  expect(all[`${experiment}/meta.yaml`]).toContain('name: "exp"\n');
  expect(all[`${experiment}/${run}/meta.yaml`]).toContain('status: 1\n');
  expect(all[`${experiment}/${run}/params/lr`]).toBe('0.01');
  expect(all[`${experiment}/${run}/metrics/loss/train`]).toBe('1002000 -0.5 2\n');
  await tracker.finish({ dice: 1 });
  expect(files(path('runs'))[`${experiment}/${run}/meta.yaml`]).toContain('status: 3\n');
});

// A PNG of one black pixel.
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

test.each([
  ['jsonl', 'fold_0/example/00002.png'],
  ['mlflow', 'artifacts/example/00002.png'],
] as const)('%s: pictures are files by their step', async (name, way) => {
  const tracker = await open(name);
  await tracker.add({ ...step(2), pictures: { example: png } });
  const kept = Object.entries(files(path('runs'))).filter(([file]) => file.endsWith(way));
  expect(kept.map(([, text]) => text)).toEqual([png.toString('latin1')]);
});

test('TensorBoard: a picture is in the event of its step, with its size', async () => {
  const tracker = await open('tensorboard');
  await tracker.add({ ...step(2), pictures: { example: png } });
  const [name] = readdirSync(path('runs/fold_0'));
  const { records } = decodeRecords(readFileSync(path(`runs/fold_0/${name}`)));
  const event = Buffer.from(records.at(-1)!);
  // Height 1, width 1, one channel, then the PNG by its length.
  const head = Buffer.from([8, 1, 16, 1, 24, 1, 34, png.length]);
  expect(event.includes(Buffer.concat([head, png]))).toBe(true);
});
