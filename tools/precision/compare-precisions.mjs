/**
 * Whether training in bfloat16 costs anything: the same trainings with the same seeds in float32 and in bfloat16, on synthetic atlases.
 *
 *   node tools/precision/compare-precisions.mjs [FOLDER] [SEED ...]      about 15 minutes on a processor with AVX512_BF16; build first
 *
 * The segmentation is that of `fractura run`; the classifier of `fractura classify train` is tested on 200 images, as a run's own
 * test images are few. Prints a Markdown table: the mean over the seeds, and the range. What is finished in FOLDER is not done again.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atlasLayout, makeSyntheticAtlas } from '../../packages/fracatlas-loader/dist/index.js';

const bin = fileURLToPath(new URL('../../packages/pipeline/dist/bin.js', import.meta.url));
const [folder = join(tmpdir(), 'compare-precisions'), ...given] = process.argv.slice(2);
const seeds = given.length > 0 ? given : ['1', '2', '3'];

const fractura = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, '--quiet', '--json'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`fractura ${args.join(' ')} ended with ${status}: ${stderr}`);
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

/** Six hundred radiographs, half of them fractured: 300 to train with, 100 to choose the epoch by, 200 to test. */
const labelledImages = async () => {
  const atlas = join(folder, 'atlas');
  const labels = join(folder, 'labels.csv');
  if (!existsSync(labels)) {
    mkdirSync(folder, { recursive: true });
    await makeSyntheticAtlas({ directory: atlas, fractured: 300, normal: 300, seed: 99 });
    const { fractured, normal } = atlasLayout(atlas);
    const splits = [...Array(3).fill('train'), 'val', 'test', 'test'];
    const rows = Object.entries({ fractured, normal }).flatMap(([label, images]) =>
      readdirSync(images)
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
  return { 'accuracy, classifier on 200 images': accuracy.value ?? accuracy, 'AUC, the same': auc.value ?? auc };
};

const columns = [];
for (const precision of ['float32', 'bfloat16']) {
  const results = [];
  for (const seed of seeds) {
    results.push({ ...segment(precision, seed), ...(await classify(precision, seed)) });
    process.stderr.write(`${precision}, seed ${seed}: ${JSON.stringify(results.at(-1))}\n`);
  }
  columns.push({ precision, results });
}
const cell = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${mean.toFixed(3)} (${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)})`;
};
console.log(`| seeds ${seeds.join(', ')} | ${columns.map(({ precision }) => precision).join(' | ')} |`);
console.log(`| --- | ${columns.map(() => '---').join(' | ')} |`);
for (const name of Object.keys(columns[0].results[0])) {
  const cells = columns.map(({ results }) => cell(results.map((result) => result[name])));
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
