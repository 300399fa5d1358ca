// Compares what `fractura find-best-configuration` and its parts write with what real nnU-Net writes from the same predictions.
//
//   npm run interop -- find-best [SCENARIO ...]
//
// make_crossval.py makes cross-validated results of a few models, once for each scenario. Both programs run at the same place
// in turn, as the files name paths; then compare_folders.py names every file that differs.
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { call, callNnunet, callScript, differences, program } from './programs.mjs';

const scenarios = ['labels', 'spots', 'regions', 'ignore'];
const chosen = process.argv.length > 2 ? process.argv.slice(2) : scenarios;
const work = mkdtempSync(join(tmpdir(), 'fractura-crossval-'));
const now = join(work, 'now');
/** Runs commands, given as `[name, ...arguments]`. */
const sides = {
  theirs: (commands) => callNnunet(commands, now),
  ours: (commands) => {
    for (const [name, ...args] of commands) {
      call(process.execPath, [program, name, ...args, '--quiet'], now);
    }
  },
};

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8').replaceAll('NaN', 'null'));
const readInformation = (results) => readJson(join(results, 'inference_information.json'));

function runAll(run, { dataset, trainers, plans, configurations }) {
  const processes = ['-np', '2'];
  const results = join(now, 'results', dataset);
  const models = ['-tr', ...trainers, '-p', ...plans, '-c', ...configurations];
  run([['find_best_configuration', dataset, ...models, ...processes]]);
  const one = ['-tr', trainers[0], '-p', plans[0], '-c', configurations[0]];
  const { best_model_or_ensemble: best } = readInformation(results);
  const first = join(results, `${trainers[0]}__${plans[0]}__${configurations[0]}`);
  const members = best.selected_model_or_models.map(({ trainer, plans_identifier: plan, configuration }) =>
    join(results, `${trainer}__${plan}__${configuration}`, 'fold_0/validation'),
  );
  for (const member of members) {
    for (const file of ['dataset.json', 'plans.json']) {
      cpSync(join(dirname(dirname(member)), file), join(member, file));
    }
  }
  const twoFolds = join(now, 'two-folds');
  const pickle = ['-pp_pkl_file', best.postprocessing_file, '-plans_json', best.some_plans_file];
  const folder = join(first, 'crossval_results_folds_0_1_2_3_4');
  run([
    ['accumulate_crossval_results', dataset, ...one, '-o', twoFolds, '-f', '1', '3'],
    // Alone, from other folds and other true labels' folder.
    ['determine_postprocessing', '-i', twoFolds, '-ref', join(now, 'raw', dataset, 'labelsTr'), ...processes],
    ['apply_postprocessing', '-i', folder, '-o', join(now, 'applied'), ...pickle, ...processes],
    ['ensemble', '-i', ...members, '-o', join(now, 'ensemble'), '--save_npz', ...processes],
  ]);
}

/** Ours leaves plans.json and dataset.json wherever a later command looks for them. */
const isMeant = (line) => /(^|\/)(plans|dataset)\.json: only ours$/.test(line);

/** nnU-Net's summary of postprocessed labels names files in a folder that it has removed; ours those beside it. */
function nameFilesBesideSummary(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!name.endsWith('postprocessed/summary.json')) {
      continue;
    }
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/postprocessed\/temp\/\w+\//g, 'postprocessed/'));
  }
}

let failed = false;
try {
  for (const scenario of chosen) {
    const base = join(work, 'base');
    const setting = JSON.parse(callScript('make_crossval.py', [scenario, base], base));
    for (const [side, run] of Object.entries(sides)) {
      cpSync(base, now, { recursive: true });
      runAll(run, setting);
      renameSync(now, join(work, side));
    }
    nameFilesBesideSummary(join(work, 'theirs'));
    const [theirs, ours] = ['theirs', 'ours'].map((side) => join(work, side));
    const lines = differences(theirs, ours, work);
    const different = lines.filter((line) => !isMeant(line));
    const { best_model_or_ensemble: best } = readInformation(join(theirs, 'results', setting.dataset));
    const won = best.selected_model_or_models.length > 1 ? 'an ensemble won' : 'one model won';
    const file = best.postprocessing_file.replace(now, theirs).replace(/pkl$/, 'json');
    const steps = JSON.stringify(readJson(file).postprocessing_kwargs.map((step) => step.labels_or_regions));
    const outcome = `${won}, postprocessing ${steps}`;
    console.log(
      `${different.length === 0 ? 'holds' : 'FAILS'}  ${scenario}: ${different.length} files differ (${outcome})`,
    );
    for (const line of different) {
      console.log(`  ${line}`);
    }
    failed ||= different.length > 0;
    if (process.env.KEEP) {
      console.log(work);
    } else {
      for (const place of [base, theirs, ours]) {
        rmSync(place, { recursive: true });
      }
    }
  }
} finally {
  if (!process.env.KEEP) {
    rmSync(work, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;
