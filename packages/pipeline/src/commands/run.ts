import { defineCommand } from '@fractura/command-line';
import { useEngine, engineNames, type EngineName } from '@fractura/tfjs-engine';
import { precisionChoices } from '@fractura/tfjs-training';
import { PipelineError } from '../errors.js';
import type { Manifest } from '../run/manifest.js';
import { runPipeline } from '../run/run-pipeline.js';
import { radiographSettings, readSettings, resolveSettings, syntheticSettings } from '../run/settings.js';

/** `fractura run`: from radiographs to the report. */
export const runCommand = defineCommand({
  name: 'run',
  summary: 'Goes the whole way: audit, conversion, segmentation, classification, report. Goes on where it was stopped.',
  positionals: {},
  options: {
    data: { kind: 'string', describe: 'folder in the layout of FracAtlas (default: a synthetic atlas is made)' },
    out: { kind: 'string', describe: 'output folder', default: 'fractura-run' },
    config: { kind: 'string', describe: 'settings file (YAML); fractura init writes one' },
    from: { kind: 'string', describe: 'run.json of an earlier run: takes its settings and data' },
    engine: { kind: 'string', describe: 'engine (default: the fastest that works)', choices: engineNames },
    threads: { kind: 'number', describe: 'threads of the native engine (default: one per core)' },
    precision: {
      kind: 'string',
      describe: 'numbers of the training (default: auto, bfloat16 where the processor computes with it)',
      choices: precisionChoices,
    },
    seed: { kind: 'number', describe: 'seed of every random choice' },
    size: { kind: 'number', describe: 'width and height of the images that the networks see, in pixels' },
    folds: { kind: 'number', describe: 'folds of the cross-validation' },
    'plan-for': {
      kind: 'string',
      describe: "gpu: nnU-Net's own plan; cpu: a quarter of its work",
      choices: ['gpu', 'cpu'],
    },
    epochs: { kind: 'number', describe: 'epochs of each fold' },
    iterations: { kind: 'number', describe: 'iterations of an epoch' },
    batch: { kind: 'number', describe: "images of an iteration; 0 takes the plan's" },
    'classifier-epochs': { kind: 'number', describe: 'epochs of each classifier' },
  },
  examples: [
    ['', 'shows everything on a synthetic atlas, in minutes'],
    ['--data FracAtlas --out study', 'a study of real radiographs; study/report.html is the result'],
    ['--data FracAtlas --out study --size 224 --epochs 50', 'the same with more effort'],
    ['--from study/run.json --out again', 'the same study once more'],
  ],
  run: async (values, { print, note, progress, signal, json }) => {
    const { out, config, from, engine: prefer, threads } = values;
    const before = from === undefined ? undefined : await readSettings(from);
    const data = values.data ?? (from === undefined ? undefined : await dataOf(from));
    const { seed, size, folds, planFor, epochs, iterations, batch, classifierEpochs, precision } = values;
    const given = { seed, size, folds, planFor, epochs, iterations, batch, classifierEpochs, precision };
    const defaults = data === undefined ? syntheticSettings : radiographSettings;
    const settings = resolveSettings(
      defaults,
      before ?? {},
      config === undefined ? {} : await readSettings(config),
      given,
    );
    const engine = await useEngine({
      prefer: prefer === undefined ? undefined : (prefer as EngineName),
      threads,
    });
    for (const { engine: name, reason } of engine.passedOver) {
      note(`Engine ${name} passed over: ${reason}`);
    }
    note(`Engine: ${engine.name}`);
    const chosen = Object.entries(settings).filter(
      ([name, value]) => defaults[name as keyof typeof defaults] !== value,
    );
    const command = [
      'fractura run',
      ...(data === undefined ? [] : [`--data ${data}`]),
      ...chosen.map(
        ([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${String(value)}`,
      ),
    ].join(' ');
    const paths = await runPipeline({
      data,
      out,
      settings,
      engine,
      command,
      note,
      progress,
      signal,
    });
    if (json) {
      print({ report: paths.report, manifest: paths.manifest });
    } else {
      print(`The report: ${paths.report}`);
    }
  },
});

async function dataOf(manifest: string): Promise<string | undefined> {
  const { readFile } = await import('node:fs/promises');
  const { data } = JSON.parse(await readFile(manifest, 'utf8')) as Partial<Manifest>;
  if (data === undefined) {
    throw new PipelineError(`${manifest} does not say which data it was made from.`, {
      code: 'bad-manifest',
      remedy: 'Give the run.json of an earlier run.',
    });
  }
  return data.directory;
}
