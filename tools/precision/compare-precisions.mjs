/**
 * Whether training in bfloat16 costs anything: `fractura run` on the synthetic atlas in float32 and in bfloat16, with the same seeds.
 *
 *   node tools/precision/compare-precisions.mjs [FOLDER] [SEED ...]      about ten minutes on a processor with AVX512_BF16; build first
 *
 * Prints a Markdown table: the mean over the seeds, and the range. Runs in FOLDER that are finished are not done again.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../packages/pipeline/dist/bin.js', import.meta.url));
const [folder = join(tmpdir(), 'compare-precisions'), ...given] = process.argv.slice(2);
const seeds = given.length > 0 ? given : ['1', '2', '3'];
const effort = ['--epochs', '8', '--classifier-epochs', '20'];

const resultsOf = (precision, seed) => {
  const out = join(folder, `${precision}-${seed}`);
  const { status, stderr } = spawnSync(
    process.execPath,
    [bin, 'run', '--quiet', '--out', out, '--precision', precision, '--seed', seed, ...effort],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`fractura run in ${precision} with seed ${seed} ended with ${status}: ${stderr}`);
  const { results } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  const value = (measures, name) => measures.find((measure) => measure.name === name).value;
  process.stderr.write(`${precision}, seed ${seed}: done\n`);
  return {
    'Dice, cross-validated': value(results.crossValidation, 'Dice'),
    'Dice, held out': value(results.heldOut, 'Dice'),
    ...Object.fromEntries(
      results.classifiers.flatMap(({ input, measures }) =>
        ['AUC', 'Accuracy'].map((name) => [`${name}, classifier on ${input}`, value(measures, name)]),
      ),
    ),
  };
};

const columns = ['float32', 'bfloat16'].map((precision) => ({
  precision,
  results: seeds.map((seed) => resultsOf(precision, seed)),
}));
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
