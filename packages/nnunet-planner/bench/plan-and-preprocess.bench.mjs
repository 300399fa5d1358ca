/**
 * Integrity check, fingerprint, plan and 2d preprocessing of a raw data set, start-up included, against
 * `nnUNetv2_plan_and_preprocess` with two processes, in turn:
 *
 *     PYTHON=python3 node packages/nnunet-planner/bench/plan-and-preprocess.bench.mjs [RAW DATASET] [PAIRS]
 *
 * RAW is a folder of raw data sets, DATASET a number such as 921. Without them the 656 fractured radiographs of FracAtlas are
 * converted at 224 x 224 first, where they lie beside the checkout. Needs a build; the peer needs nnunetv2. Progress goes to
 * stderr, one line of JSON to stdout.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const given = process.argv.slice(2);
const pairs = given.length === 1 || given.length === 3 ? given.pop() : '3';
const made = given.length === 0 ? mkdtempSync(join(tmpdir(), 'planner-bench-raw-')) : undefined;
const [raw, dataset] = made ? [convertAtlas(made), '921'] : given;
const bin = here('../dist/bin.js');
const python = process.env.PYTHON ?? 'python3';
const peerProgram =
  'import sys; from nnunetv2.experiment_planning.plan_and_preprocess_entrypoints import plan_and_preprocess_entry as run; run()';

/** The fractured radiographs of FracAtlas as a raw data set in a folder. */
function convertAtlas(folder) {
  const atlas = here('../../../../shared/fracatlas/');
  if (!existsSync(atlas)) {
    console.error(`There is no FracAtlas at ${atlas}: nothing is measured.`);
    process.exit();
  }
  const listed = ['train', 'valid'].flatMap((part) =>
    readFileSync(join(atlas, 'Utilities', 'Fracture Split', `${part}.csv`), 'utf8')
      .split(/\r?\n/)
      .slice(1),
  );
  const ids = join(folder, 'ids.txt');
  writeFileSync(ids, `${listed.filter((name) => name !== '').join('\n')}\n`);
  const annotations = join(atlas, 'Annotations', 'COCO JSON', 'COCO_fracture_masks.json');
  const images = join(atlas, 'images', 'Fractured');
  const options = ['--images', images, '--annotations', annotations, '--ids', ids, '--out', folder];
  const size = ['--dataset', '921', '--name', 'FracAtlas', '--size', '224x224'];
  const { status, stderr } = spawnSync(process.execPath, [
    here('../../coco-to-nifti/dist/bin.js'),
    ...options,
    ...size,
  ]);
  if (status === 0) {
    return folder;
  }
  throw new Error(`the radiographs were not converted: ${stderr}`);
}

/** Seconds of one run into an empty folder; nothing where the program cannot be had. */
function timed(command, options) {
  const preprocessed = mkdtempSync(join(tmpdir(), 'planner-bench-'));
  const env = { ...process.env, nnUNet_raw: raw, nnUNet_preprocessed: preprocessed, nnUNet_results: preprocessed };
  const start = performance.now();
  const { status, stderr } = spawnSync(command, options, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = (performance.now() - start) / 1000;
  rmSync(preprocessed, { recursive: true, force: true });
  if (status === 0) {
    return seconds;
  }
  console.error(`${command} failed: ${stderr?.slice(-500) ?? 'it is not there'}`);
  return undefined;
}

const shared = ['-d', dataset, '-c', '2d', '--verify_dataset_integrity', '-np', '2', '-npfp', '2'];
const ours = [];
const peer = [];
for (let pair = 0; pair < Number(pairs); pair += 1) {
  ours.push(timed(process.execPath, [bin, 'plan-and-preprocess', ...shared]));
  if (ours.at(-1) === undefined) {
    process.exit(1);
  }
  const theirs = pair === 0 || peer.length > 0 ? timed(python, ['-c', peerProgram, ...shared]) : undefined;
  if (theirs !== undefined) {
    peer.push(theirs);
  }
  console.error(
    `pair ${pair + 1}: ours ${ours.at(-1).toFixed(2)} s, nnU-Net ${theirs?.toFixed(2) ?? 'not available'} s`,
  );
}
const median = (values) =>
  values.length === 0 ? null : values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
if (made) {
  rmSync(made, { recursive: true });
}
const ratios = peer.map((seconds, i) => seconds / ours[i]);
console.log(
  JSON.stringify({
    name: 'integrity check, fingerprint, plan, preprocess 2d',
    unit: 's',
    ours: median(ours),
    peer: median(peer),
    peerName: 'nnUNetv2_plan_and_preprocess, 2 processes',
    ratio: median(ratios),
    ratioMin: ratios.length > 0 ? Math.min(...ratios) : null,
    ratioMax: ratios.length > 0 ? Math.max(...ratios) : null,
    pairs: ours.length,
    target: 5,
  }),
);
