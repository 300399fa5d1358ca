import { access, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useEngine, type EngineInUse } from '@fractura/tfjs-engine';
import { runPipeline, type Manifest } from '../src/index.js';
import { fromTheShell } from './support/from-the-shell.js';
import { killOnce, startRun } from './support/run-program.js';
import { tinySettings, tinyStudy } from './support/tiny-study.js';

// One unbroken run, on the engine that computes the same bits every time, is what the others are compared with.
let folder: string;
let engine: EngineInUse;
let unbroken: Awaited<ReturnType<typeof run>>;

beforeAll(async () => {
  folder = await temporaryFolder('fractura-run-');
  engine = await useEngine({ prefer: 'wasm' });
  unbroken = await run('unbroken');
}, 1_200_000);

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

test('goes from nothing to a report', () => {
  const { manifest, page, notes } = unbroken;
  expect(page).toContain('For research, not a medical device.');
  expect(page.match(/class="example"/g)).toHaveLength(3);
  expect(manifest).toMatchObject({
    settings: tinyStudy,
    precision: ['float32'],
    engine: { name: 'wasm' },
    data: { synthetic: true },
  });
  expect(notes.some((note) => note.startsWith('About '))).toBe(true);
});

test('the report links to a page of its model, with the classifier, in kernels of float16', async () => {
  const { page, paths } = unbroken;
  const [, href] = /id="tryout">\s*<a href="([^"]*)"/.exec(page)!;
  const folder = join(dirname(paths.report), dirname(href));
  const text = (name: string) => readFile(join(folder, name), 'utf8');
  expect(await text('index.html')).toContain('<h1>Fractura viewer</h1>');
  expect(JSON.parse(await text('viewer-model.json'))).toMatchObject({
    classifier: { classes: ['normal', 'fractured'] },
    inference: { networks: ['fold_0/model.json'] },
  });
  expect(await text('fold_0/model.json')).toContain('"quantization":{"dtype":"float16"');
  const { files } = JSON.parse(await text('page-files.json')) as { files: string[] };
  expect(files).toContain('classifier/weights.bin');
  await Promise.all(files.map((name) => access(join(folder, name))));
});

test('killed in a conversion, a training and a classifier, and interrupted between, it ends with the results of an unbroken run', async () => {
  // JSON is YAML.
  const settings = join(folder, 'settings.yaml');
  await writeFile(settings, JSON.stringify(tinySettings));
  const out = join(folder, 'broken');
  const start = () => startRun('--config', settings, '--out', out);
  const killIn = (stage: string) => killOnce(join(out, 'stages', `${stage}.json`), start());
  expect(await killIn('convert')).toMatchObject({ end: 'SIGKILL' });
  await expect(run('broken', 'Training fold 0')).rejects.toThrow('aborted');
  expect(await killIn('train-fold-1')).toMatchObject({ end: 'SIGKILL' });
  expect(await killIn('classify-both')).toMatchObject({ end: 'SIGKILL' });
  expect(await start().ended).toMatchObject({
    end: 0,
    errors: expect.stringContaining('train-fold-0: done before') as unknown,
  });
  const { results } = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as Manifest;
  expect(results).toEqual(unbroken.manifest.results);
}, 1_200_000);

test('every image of the classification set was segmented once, by a network that had not seen it', async () => {
  const { paths } = unbroken;
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

describe('what it made, used from the shell', () => {
  fromTheShell(() => ({ folder, paths: unbroken.paths }));
});
