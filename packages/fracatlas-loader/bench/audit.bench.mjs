/**
 * The audit of FracAtlas (every table and annotation read and set against one another, every image decoded strictly, all pairs
 * compared by perceptual hash), against the images' part of it as a Python user writes it with Pillow and numpy in one process:
 * the same hash, the same comparison of all pairs, no tables. In turn, each run a process of its own, start-up included.
 * Build first, then:
 *
 *   PYTHON=python3 node bench/audit.bench.mjs [pairs]
 *
 * It needs the atlas beside the checkout (shared/fracatlas); the peer needs Pillow and numpy 2.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { asCommand, python } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const atlas = here('../../../../shared/fracatlas/');
if (!existsSync(atlas)) {
  console.error(`There is no FracAtlas at ${atlas}: nothing is measured.`);
  process.exit();
}

/** The peer's name, or undefined where Pillow or numpy 2 is missing. */
function peerName() {
  const versions =
    'import numpy, PIL; numpy.bitwise_count; print(f"Pillow {PIL.__version__}, numpy {numpy.__version__}")';
  try {
    return execFileSync(python, ['-c', versions], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    console.error(`The peer is not there: ${python} has no Pillow with numpy 2.`);
    return undefined;
  }
}

const [pairs = 5] = process.argv.slice(2).map(Number);
const name = peerName();
await paired({
  name: 'audit of 1,656 radiographs, reading included',
  ours: asCommand(process.execPath, [here('audit-once.mjs'), atlas]),
  peer: name ? asCommand(python, [here('audit_pillow_numpy.py'), atlas]) : undefined,
  peerName: name ? `${name}, images only` : undefined,
  pairs,
  note: `the target is 25 s on two cores (here ${availableParallelism()})`,
});
