/**
 * How time and memory grow with the number of radiographs: synthetic ones, small, through `explore` (load, audit, duplicates),
 * `convert`, `plan-and-preprocess`; each a process of its own. Build first, then:
 *
 *   node bench/growth.mjs [1000 4000 16000 64000]
 *
 * Prints a line of JSON for each stage and number: seconds, peak memory in MiB. Not part of `npm run bench`: the largest number
 * takes hours.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeSyntheticAtlas } from '@fractura/fracatlas-loader';
import { watchPeakMemory } from '../../../tools/bench/peak-memory.mjs';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [1000, 4000, 16_000, 64_000];
const program = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

for (const images of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'fractura-growth-'));
  try {
    await measure(images, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes so many images through the stages. */
async function measure(images, folder) {
  const atlas = join(folder, 'atlas');
  const fractured = Math.round(images / 5);
  await makeSyntheticAtlas({ directory: atlas, fractured, normal: images - fractured, size: [128, 160], seed: 1 });
  const [raw, preprocessed] = ['raw', 'preprocessed'].map((name) => join(folder, name));
  const annotations = join(atlas, 'Annotations', 'COCO JSON', 'COCO_fracture_masks.json');
  const stages = {
    explore: ['explore', '--data', atlas, '--out', join(folder, 'audit')],
    convert: [
      ...['convert', '--images', join(atlas, 'images', 'Fractured'), '--annotations', annotations],
      ...['--out', raw, '--size', '64x64', '--dataset', '921', '--name', 'Growth', '--damaged', 'skip'],
    ],
    'plan-and-preprocess': [
      'plan-and-preprocess',
      '-d',
      '921',
      '-c',
      '2d',
      '--raw',
      raw,
      '--preprocessed',
      preprocessed,
    ],
  };
  for (const [stage, words] of Object.entries(stages)) {
    console.log(JSON.stringify({ images, stage, ...(await run(words)) }));
  }
}

/** Runs a command of `fractura`. */
function run(words) {
  const begin = performance.now();
  const child = spawn(process.execPath, [program, ...words, '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const memory = watchPeakMemory(child.pid);
  return new Promise((resolve, reject) => {
    child.on('exit', (status) => {
      const peak = memory.stop();
      if (status === 0) {
        resolve({ seconds: Math.round(performance.now() - begin) / 1000, peakMiB: peak && Math.round(peak) });
      } else {
        reject(new Error(`fractura ${words.join(' ')} ended with ${status}`));
      }
    });
  });
}
