/**
 * The fractured radiographs of FracAtlas to a raw data set at 224 x 224, against Pillow, pycocotools and nibabel in one
 * process: in turn, each run in a process of its own, start-up and imports not counted. Build first, then:
 *
 *   PYTHON=python3 node bench/convert.bench.mjs [pairs] [images]
 *
 * It needs the atlas beside the checkout (shared/fracatlas); the peer needs Pillow, pycocotools and nibabel.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const [pairs = 5, images = Infinity] = process.argv.slice(2).map(Number);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const atlas = here('../../../../shared/fracatlas/');
if (!existsSync(atlas)) {
  console.error(`There is no FracAtlas at ${atlas}: nothing is measured.`);
  process.exit();
}

const folder = await mkdtemp(join(tmpdir(), 'convert-bench-'));
const lists = await Promise.all(
  ['train', 'valid'].map((part) => readFile(join(atlas, 'Utilities', 'Fracture Split', `${part}.csv`), 'utf8')),
);
const names = lists.flatMap((list) => list.split(/\r?\n/).slice(1)).filter((name) => name !== '');
const chosen = names.slice(0, images);
const ids = join(folder, 'ids.txt');
await writeFile(ids, `${chosen.join('\n')}\n`);
const annotations = join(atlas, 'Annotations', 'COCO JSON', 'COCO_fracture_masks.json');

/** Runs one side once and gives what it says of itself. */
async function run(program, script, side) {
  const output = join(folder, side);
  const args = [here(script), join(atlas, 'images', 'Fractured'), annotations, ids, output, '224', '224'];
  const { stdout } = await promisify(execFile)(program, args);
  await rm(output, { recursive: true });
  return JSON.parse(stdout);
}

const ours = () => run(process.execPath, 'convert-once.mjs', 'ours');
const python = process.env.PYTHON ?? 'python3';
const peer = () => run(python, 'pillow_pycocotools_nibabel.py', 'peer');
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

// The first runs bring files into the disk cache and are not counted; without the peer, ours is measured alone.
await ours();
const hasPeer = await peer().then(
  () => true,
  (error) => {
    console.error(`The peer cannot be had: ${error.message.trim().split('\n').at(-1)}`);
    return false;
  },
);
const measured = [];
for (let pair = 1; pair <= pairs; pair += 1) {
  measured.push({ ours: await ours(), peer: hasPeer ? await peer() : undefined });
  const { ours: a, peer: b } = measured.at(-1);
  console.error(`pair ${pair} of ${pairs}: ${a.seconds.toFixed(1)} s / ${b ? b.seconds.toFixed(1) : '-'} s`);
}
await rm(folder, { recursive: true });

const of = (side, what) => measured.map((pair) => pair[side][what]);
const ratios = hasPeer ? measured.map((pair) => pair.peer.seconds / pair.ours.seconds) : [];
const cpu = (side) => `${median(of(side, 'cpuSeconds')).toFixed(1)} s`;
console.log(
  JSON.stringify({
    name: `${chosen.length} radiographs to NIfTI at 224 x 224`,
    unit: 's',
    ours: median(of('ours', 'seconds')),
    peer: hasPeer ? median(of('peer', 'seconds')) : null,
    peerName: hasPeer ? 'Pillow, pycocotools, nibabel in one process' : null,
    ratio: hasPeer ? median(ratios) : null,
    ratioMin: hasPeer ? Math.min(...ratios) : null,
    ratioMax: hasPeer ? Math.max(...ratios) : null,
    pairs,
    oursPeakMiB: Math.max(...of('ours', 'peakMiB')),
    peerPeakMiB: hasPeer ? Math.max(...of('peer', 'peakMiB')) : undefined,
    target: 2,
    note: `processor time ${cpu('ours')}${hasPeer ? ` against ${cpu('peer')}` : ''}`,
  }),
);
