import { defineCommand } from '@fractura/command-line';
import { engineOptions, startEngine } from '@fractura/tfjs-engine/commands';
import { dataOfManifest } from '../run/data-of-manifest.js';
import { runPipeline } from '../run-pipeline.js';
import { radiographSettings, syntheticSettings } from '../settings/default-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { reproduceCommand } from '../settings/reproduce-command.js';
import { resolveSettings } from '../settings/resolve-settings.js';
import { pickSettings, settingOptions } from '../settings/setting-options.js';

/** `fractura run`: from radiographs to the report. */
export const runCommand = defineCommand({
  name: 'run',
  summary:
    'Runs the whole study: audit, conversion, segmentation, classification, report. Goes on where it was stopped.',
  positionals: {},
  options: {
    data: { kind: 'string', describe: 'folder in the layout of FracAtlas (default: a synthetic atlas is made)' },
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
    ['--from study/run.json --out again', 'the same study once more'],
  ],
  run: async (values, { print, note, progress, signal, json }) => {
    const { out, config, from } = values;
    const data = values.data ?? (from === undefined ? undefined : await dataOfManifest(from));
    const defaults = data === undefined ? syntheticSettings : radiographSettings;
    const settings = resolveSettings(
      defaults,
      from === undefined ? {} : await readSettings(from),
      config === undefined ? {} : await readSettings(config),
      pickSettings(values),
    );
    const engine = await startEngine(values, { note });
    const command = reproduceCommand({ settings, defaults, data, engine });
    const paths = await runPipeline({ data, out, settings, engine, command, note, progress, signal });
    if (json) {
      print({ report: paths.report, manifest: paths.manifest });
    } else {
      print(`The report: ${paths.report}`);
    }
  },
});
