/**
 * Whether training in bfloat16 costs anything: the same trainings with the same seeds in float32 and in bfloat16, on synthetic atlases.
 *
 *   node tools/precision/compare-precisions.mjs [FOLDER] [SEED ...]      about half an hour with AVX512_BF16; build first
 *
 * The segmentation, of the first three seeds, is that of `fractura run`; the classifier of `fractura classify train` is tested on
 * about 200 images, as a run's own test images are few. Prints a Markdown table: the mean over the seeds, and the range. What is
 * finished in FOLDER is not done again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atlasLayout, makeSyntheticAtlas } from '../../packages/fracatlas-loader/dist/index.js';

const bin = fileURLToPath(new URL('../../packages/pipeline/dist/bin.js', import.meta.url));
const [folder = join(tmpdir(), 'compare-precisions'), ...given] = process.argv.slice(2);
const seeds = given.length > 0 ? given : ['1', '2', '3', '4', '5', '6', '7', '8'];

const fractura = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, '--quiet', '--json'], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`fractura ${args.join(' ')} ended with ${status}: ${stderr}`);
  }
  return stdout;
};

const segment = (precision, seed) => {
  const out = join(folder, `${precision}-${seed}`);
  const effort = ['--epochs', '8', '--classifier-epochs', '1'];
  fractura('run', '--out', out, '--precision', precision, '--seed', seed, ...effort);
  const { crossValidation, heldOut } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).results;
  const dice = (measures) => measures.find(({ name }) => name === 'Dice').value;
  return { 'Dice, cross-validated': dice(crossValidation), 'Dice, held out': dice(heldOut) };
};

/** Six hundred radiographs less the damaged ones, half of them fractured: half to train with, a sixth to choose the epoch by. */
const labelledImages = async () => {
  const atlas = join(folder, 'atlas');
  const labels = join(folder, 'labels.csv');
  if (!existsSync(labels)) {
    mkdirSync(folder, { recursive: true });
    const { truncated } = await makeSyntheticAtlas({ directory: atlas, fractured: 300, normal: 300, seed: 99 });
    const { fractured, normal } = atlasLayout(atlas);
    const splits = [...Array(3).fill('train'), 'val', 'test', 'test'];
    const rows = Object.entries({ fractured, normal }).flatMap(([label, images]) =>
      readdirSync(images)
        .filter((file) => !truncated.includes(file))
        .sort()
        .map((file, i) => `${join(images, file)},${label},${splits[i % splits.length]}`),
    );
    writeFileSync(labels, `file,label,split\n${rows.join('\n')}\n`);
  }
  return ['--images', '/', '--labels', labels];
};

const classify = async (precision, seed) => {
  const images = await labelledImages();
  const out = join(folder, `classifier-${precision}-${seed}`);
  const effort = ['--size', '96x96', '--epochs', '15'];
  fractura('classify', 'train', ...images, '-o', out, '--precision', precision, '--seed', seed, ...effort);
  const { accuracy, auc } = JSON.parse(fractura('classify', 'evaluate', '-m', out, ...images));
  return {
    'Accuracy, classifier on the radiograph': accuracy.value,
    'AUC, classifier on the radiograph': auc.value,
  };
};

const trainings = [
  { seeds: seeds.slice(0, 3), train: segment },
  { seeds, train: classify },
];
const precisions = ['float32', 'bfloat16'];
const shown = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${mean.toFixed(3)} (${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
};
console.log(`| what | seeds | ${precisions.join(' | ')} |\n| --- | --- | --- | --- |`);
for (const { seeds: its, train } of trainings) {
  const results = new Map();
  for (const precision of precisions) {
    results.set(precision, []);
    for (const seed of its) {
      results.get(precision).push(await train(precision, seed));
      process.stderr.write(`${precision}, seed ${seed}: ${JSON.stringify(results.get(precision).at(-1))}\n`);
    }
  }
  for (const name of Object.keys(results.get('float32')[0])) {
    const cells = precisions.map((precision) => shown(results.get(precision).map((result) => result[name])));
    console.log(`| ${name} | ${its.join(', ')} | ${cells.join(' | ')} |`);
  }
}
