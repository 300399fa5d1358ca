import { join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { engineOptions, startEngine } from '@fractura/tfjs-engine/options';
import { dataOfManifest } from '../run/data-of-manifest.js';
import { openRun } from '../run/open-run.js';
import { runPaths } from '../run/run-paths.js';
import { radiographSettings, syntheticSettings } from '../settings/default-settings.js';
import { readSettings } from '../settings/read-settings.js';
import { resolveSettings } from '../settings/resolve-settings.js';
import { auditRun } from '../stages/audit-run.js';
import { foldsOfFilms, judgeFilms } from '../stages/judge-films.js';
import { openAtlas } from '../stages/open-atlas.js';
import { splitAtlas } from '../stages/split-atlas.js';
import { headings } from './headings.js';

/** `fractura films`: every film of a finished run as the fold that has not seen it judges it, for `fractura classify compare`. */
export const filmsCommand = defineCommand({
  ...headings.films,
  positionals: { run: { kind: 'string', describe: 'folder of a finished run', required: true } },
  options: {
    out: { kind: 'string', alias: 'o', describe: 'folder for films.csv, scores.csv and maps', required: true },
    ...engineOptions,
  },
  examples: [['study -o films', 'then classify compare says whether the segmentation of the run helps a classifier']],
  run: async ({ run, out, ...engineValues }, { print, note, progress, signal, json }) => {
    const manifest = join(run, 'run.json');
    const data = await dataOfManifest(manifest);
    const settings = resolveSettings(
      data === undefined ? syntheticSettings : radiographSettings,
      await readSettings(manifest),
    );
    const [films, scores] = ['films.csv', 'scores.csv'].map((name) => join(out, name));
    await refuseOverwrite({ inputs: [manifest, runPaths(run, settings).splits], outputs: [films, scores] });
    const engine = await startEngine(engineValues, { note });
    const context = await openRun({ out: run, settings, engine, note, progress, signal });
    // These are read from the run's folder: they were done there.
    const atlas = await openAtlas(data, context);
    const { audit } = await auditRun(atlas, context);
    const splits = await splitAtlas(atlas, audit, context);
    const images = await judgeFilms(foldsOfFilms(atlas, splits, audit.damaged), out, context);
    const maps = join(out, 'maps');
    if (json) {
      print({ images, films, scores, maps });
    } else {
      const sources = [
        '--images',
        images,
        '--labels',
        films,
        '--positive',
        'fractured',
        '--maps',
        maps,
        '--scores',
        scores,
      ];
      const inputs = ['--inputs', 'image', 'mask', 'blob', 'crop'];
      print(['fractura', 'classify', 'compare'].concat(sources, inputs, '-o', join(out, 'question')).join(' '));
    }
  },
});
