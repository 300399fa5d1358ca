import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { useEngine, type EngineInUse } from '@fractura/tfjs-engine';
import { runPipeline, type Manifest } from '../src/index.js';
import { tinyStudy } from './support/tiny-study.js';

// On the engine that computes the same bits every time.
let folder: string;
let engine: EngineInUse;

beforeAll(async () => {
  folder = await temporaryFolder('fractura-run-');
  engine = await useEngine({ prefer: 'wasm' });
});

/** Runs until the task that begins with `stopAt` has shown progress once; without it, to the end. */
async function run(out: string, stopAt?: string) {
  const controller = new AbortController();
  const notes: string[] = [];
  const paths = await runPipeline({
    out: join(folder, out),
    settings: tinyStudy,
    engine,
    command: 'test',
    signal: controller.signal,
    note: (line) => notes.push(line),
    progress: (title) => ({
      update: () => {
        if (stopAt !== undefined && title.startsWith(stopAt)) {
          controller.abort();
        }
      },
      finish: () => undefined,
    }),
  });
  const manifest = JSON.parse(await readFile(paths.manifest, 'utf8')) as Manifest;
  return { paths, notes, manifest, page: await readFile(paths.report, 'utf8') };
}

test('goes from nothing to a report, and once interrupted to the results of an unbroken run', async () => {
  const { manifest, page, notes } = await run('unbroken');
  expect(page).toContain('For research, not a medical device.');
  expect(page.match(/class="example"/g)).toHaveLength(3);
  expect(manifest).toMatchObject({
    settings: tinyStudy,
    precision: ['float32'],
    engine: { name: 'wasm' },
    data: { synthetic: true },
  });
  expect(notes.some((note) => note.startsWith('About '))).toBe(true);

  await expect(run('broken', 'Training fold 1')).rejects.toThrow('aborted');
  const resumed = await run('broken');
  expect(resumed.manifest.results).toEqual(manifest.results);
  expect(resumed.notes).toContain('train-fold-0: done before');
}, 300_000);

test('every image of the classification set was segmented once, by a network that had not seen it', async () => {
  const { paths } = await run('unbroken');
  const stage = async (name: string) =>
    (JSON.parse(await readFile(join(paths.stages, `${name}.json`), 'utf8')) as { result: unknown }).result;
  const splits = (await stage('split')) as { heldOut: string[]; folds: { train: string[]; val: string[] }[] };
  const set = (await stage('classification-set')) as { file: string; part: string; fractured: boolean; fold: number }[];
  expect(new Set(set.map(({ file }) => file)).size).toBe(set.length);
  for (const { file, part, fractured, fold } of set) {
    expect(splits.folds[fold].train).not.toContain(file);
    if (fractured) {
      expect(splits.heldOut.includes(file)).toBe(part !== 'train');
    }
  }
  for (const part of ['train', 'validation', 'test']) {
    const own = set.filter((image) => image.part === part);
    expect(own.filter(({ fractured }) => fractured)).toHaveLength(own.length / 2);
  }
});
