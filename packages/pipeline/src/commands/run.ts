import { refuseOverwrite, StageLedger } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { benchmarkEngine } from '@fractura/tfjs-engine';
import { engineOptions, startEngine } from '@fractura/tfjs-engine/options';
import { dataOfManifest } from '../run/data-of-manifest.js';
import { runPaths } from '../run/run-paths.js';
import { runPipeline } from '../run-pipeline.js';
import { cachedEncoderWeights } from './cached-encoder-weights.js';
import { radiographSettings, syntheticSettings } from '../settings/default-settings.js';
import type { RunSettings } from '../settings/run-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { reproduceCommand } from '../run/reproduce-command.js';
import { resolveSettings } from '../settings/resolve-settings.js';
import { sizeForHours } from '../settings/size-for-hours.js';
import { pickSettings, settingOptions } from '../settings/setting-options.js';
import { headings } from './headings.js';
import { studyDataOf, studyDataOptions } from './study-data-options.js';

/** `fractura run`: from radiographs to the report. */
export const runCommand = defineCommand({
  ...headings.run,
  positionals: {},
  options: {
    ...studyDataOptions,
    out: { kind: 'string', describe: 'output folder', default: 'fractura-run' },
    config: { kind: 'string', describe: 'settings file (YAML); fractura init writes one' },
    from: { kind: 'string', describe: 'run.json of an earlier run: takes its settings and data' },
    ...engineOptions,
    ...settingOptions,
  },
  examples: [
    ['', 'shows everything on a synthetic atlas, in minutes'],
    ['--data FracAtlas --out study', 'a study of real radiographs; study/report.html is the result'],
    ['--data FracAtlas --out study --size 224 --epochs 50', 'the same with more effort'],
    [
      '--images films --annotations films.json --normals normal-films --fit letterbox --segmentation-normals 1',
      'a study of other radiographs, their aspect kept, normal ones among those that train the segmentation',
    ],
    ['--from study/run.json --out again', 'the same study once more'],
  ],
  run: async (values, { print, note, progress, signal, json }) => {
    const { out, config, from } = values;
    const data = studyDataOf(values) ?? (from === undefined ? undefined : await dataOfManifest(from));
    const defaults = data === undefined ? syntheticSettings : radiographSettings;
    const layers = [
      from === undefined ? {} : await readSettings(from),
      config === undefined ? {} : await readSettings(config),
      pickSettings(values),
    ];
    const settings = resolveSettings(defaults, ...layers);
    const own = runPaths(out, settings);
    await refuseOverwrite({
      inputs: [values.data, values.images, values.annotations, values.normals, config],
      outputs: [own.audit, own.auditPage, own.splits, own.mapping, own.report, own.manifest],
      folders: [own.stages, own.raw, own.preprocessed, own.results, own.probabilities, own.heldOut, own.classification],
    });
    const engine = await startEngine(values, { note });
    if (settings.hours > 0 && layers.every(({ size }) => size === undefined)) {
      settings.size = await chooseSize(own.stages, settings, note);
    }
    const encoderWeights = cachedEncoderWeights(settings, note);
    const command = reproduceCommand({ settings, defaults, data, engine });
    const paths = await runPipeline({ data, out, settings, engine, encoderWeights, command, note, progress, signal });
    if (json) {
      print({ report: paths.report, manifest: paths.manifest });
    } else {
      print(`The report: ${paths.report}`);
    }
  },
});

/** The size of the films for the hours that the run has; one that goes on keeps its own. */
async function chooseSize(stages: string, settings: RunSettings, note: (line: string) => void): Promise<number> {
  const ledger = new StageLedger(stages);
  const { hours, folds, precision } = settings;
  const { size } = await ledger.run({
    name: 'choose-size',
    inputs: { hours, folds, precision },
    run: async () => {
      const { trainingGflops } = await benchmarkEngine({ seconds: 2, precision });
      return { size: sizeForHours(settings, trainingGflops), trainingGflops };
    },
  });
  note(`Films of ${size} x ${size} pixels, the size for ${hours} hours here.`);
  return size;
}
