/**
 * An epoch's training iterations with augmentation, ours and real nnU-Net's on the CPU in turn. Build first, then:
 *
 *   PYTHON=python3 node bench/training.bench.mjs [plans.json] [--pairs 3] [--iterations 10] [--batch 4] [--engine native]
 *
 * The plans' 2d configuration is trained on noise of its patch's size; the FracAtlas plan lies beside the repository. Both
 * prepare batches in the background, nnU-Net in two processes. The first two iterations do not count. On stdout comes one
 * line of JSON; peak memory is that of the training process.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: process.env.FRACTURA_BENCH_PAIRS ?? '3' },
    iterations: { type: 'string', default: '10' },
    batch: { type: 'string', default: '4' },
    engine: { type: 'string', default: 'native' },
    ours: { type: 'boolean', default: false },
  },
});
const plansFile = positionals[0] ?? here('../../../../shared/reference/fracatlas-nnunet/plans/nnUNetPlans.json');
const { iterations, batch, engine } = values;

if (values.ours) {
  await trainOurs();
} else {
  compare();
}

/** Trains in this process and prints its seconds and memory. */
async function trainOurs() {
  const { useEngine } = await import('@fractura/tfjs-engine');
  const { trainFold } = await import('@fractura/unet-model');
  await useEngine({ prefer: engine });
  const plans = JSON.parse(readFileSync(plansFile, 'utf8'));
  const [height, width] = plans.configurations['2d'].patch_size;
  const cases = Array.from({ length: 20 }, (_, n) => noiseCase(`case_${n}`, height, width, n + 1));
  const ids = cases.map(({ id }) => id);
  const outputDirectory = mkdtempSync(join(tmpdir(), 'unet-bench-'));
  const warmUp = 2;
  let begin = 0;
  let seconds = 0;
  const { precision } = await trainFold({
    plans,
    configuration: '2d',
    cases,
    split: { train: ids, val: ids },
    outputDirectory,
    datasetJson: { channel_names: { 0: 'X-ray' }, labels: { background: 0, fracture: 1 } },
    epochs: 1,
    iterationsPerEpoch: Number(iterations) + warmUp,
    validationIterations: 1,
    batchSize: Number(batch),
    checkpointSeconds: Infinity,
    onProgress: ({ phase, iteration, iterations: all }) => {
      if (phase === 'train' && iteration === warmUp) {
        begin = performance.now();
      }
      if (phase === 'train' && iteration === all) {
        seconds = (performance.now() - begin) / 1000;
      }
    },
  });
  rmSync(outputDirectory, { recursive: true });
  console.log(JSON.stringify({ seconds, precision, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}

function noiseCase(id, height, width, seed) {
  const voxels = height * width;
  const inside = (i) => Math.hypot(Math.floor(i / width) - height / 2, (i % width) - width / 2) < height / 20 + seed;
  const foreground = Array.from({ length: voxels }, (_, i) => i).filter(inside);
  return {
    id,
    data: Float32Array.from({ length: voxels }, (_, i) => Math.sin(12.9898 * (i + seed)) + (inside(i) ? 1 : 0)),
    shape: [1, 1, height, width],
    segmentation: Int16Array.from({ length: voxels }, (_, i) => Number(inside(i))),
    classLocations: { 1: foreground.flatMap((i) => [0, 0, Math.floor(i / width), i % width]) },
  };
}

function compare() {
  const pairs = Number(values.pairs);
  const results = { ours: [], peer: [] };
  let peerName = null;
  for (let pair = 0; pair < pairs; pair += 1) {
    const own = [here('training.bench.mjs'), plansFile, '--ours', ...arguments_(), '--engine', engine];
    results.ours.push(measure('ours', process.execPath, own));
    const peer = measure('nnU-Net', process.env.PYTHON ?? 'python3', [
      here('nnunet_training.py'),
      plansFile,
      ...arguments_(),
    ]);
    if (!peer) {
      continue;
    }
    results.peer.push(peer);
    peerName = peer.name;
  }
  const medianOf = (list, key) => (list.length === 0 ? null : median(list.map((result) => result[key])));
  const ratios = results.peer.map(({ seconds }, i) => seconds / results.ours[i].seconds);
  console.log(
    JSON.stringify({
      name: `training: ${iterations} iterations of the plan at batch ${batch}, augmentation included`,
      note: `${engine} engine, ${results.ours[0].precision}`,
      unit: 's',
      ours: medianOf(results.ours, 'seconds'),
      peer: medianOf(results.peer, 'seconds'),
      peerName,
      ratio: ratios.length === 0 ? null : median(ratios),
      ratioMin: ratios.length === 0 ? null : Math.min(...ratios),
      ratioMax: ratios.length === 0 ? null : Math.max(...ratios),
      pairs,
      oursPeakMiB: medianOf(results.ours, 'peakMiB'),
      peerPeakMiB: medianOf(results.peer, 'peakMiB'),
      target: 1.7,
    }),
  );
}

function arguments_() {
  return ['--iterations', iterations, '--batch', batch];
}

function measure(what, command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  const line = stdout
    ?.trim()
    .split('\n')
    .findLast((text) => text.startsWith('{'));
  if (status !== 0 || !line) {
    console.error(`${what} did not run: ${error?.message ?? stderr.trim().split('\n').slice(-3).join(' ')}`);
    if (what === 'ours') {
      process.exit(1);
    }
    return undefined;
  }
  const result = JSON.parse(line);
  console.error(`${what}: ${result.seconds.toFixed(1)} s, ${result.peakMiB.toFixed(0)} MiB`);
  return result;
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}
