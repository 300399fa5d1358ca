#!/usr/bin/env node
/**
 * Surface metrics against MONAI's, in turn on the same masks: `node bench/surfaces.bench.mjs [PAIRS]` after a build.
 * Python comes from the environment variable PYTHON; MONAI's values are compared with ours on the way.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { paired } from '../../../tools/bench/paired.mjs';
import { python } from '../../../tools/bench/contestant.mjs';
import { averageSurfaceDistance, hausdorffDistance, normalizedSurfaceDice, surfaceMetrics } from '../dist/index.js';

const pairs = Number(process.argv[2] ?? 15);
const target = 3;

/** An uneven ball: its radius swings with the angle. */
function blob(shape, radius, shift) {
  const mask = new Uint8Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < mask.length; i += 1) {
    const at = [];
    for (let axis = shape.length - 1, rest = i; axis >= 0; axis -= 1) {
      at[axis] = (rest % shape[axis]) - shape[axis] / 2 - shift;
      rest = Math.floor(rest / shape[axis]);
    }
    const angle = Math.atan2(at[at.length - 1], at[at.length - 2]);
    mask[i] = Math.hypot(...at) < radius * (1 + 0.15 * Math.sin(5 * angle + shift)) ? 1 : 0;
  }
  return mask;
}

/** A crooked band across an image, as a fracture line. */
function band(shape, width, shift) {
  const mask = new Uint8Array(shape[0] * shape[1]);
  for (let row = 100; row < 400; row += 1) {
    const middle = 200 + shift + Math.round(40 * Math.sin(row / 50));
    for (let column = middle; column < middle + width; column += 1) {
      mask[row * shape[1] + column] = 1;
    }
  }
  return mask;
}

const plane = [512, 512];
const cube = [128, 128, 128];
const cases = [
  { name: '512x512 region', shape: plane, spacing: [0.5, 0.5], masks: [blob(plane, 120, 0), blob(plane, 112, 6)] },
  { name: '512x512 fracture', shape: plane, spacing: [0.2, 0.2], masks: [band(plane, 8, 0), band(plane, 6, 4)] },
  { name: '128x128x128 organ', shape: cube, spacing: [2.5, 0.8, 0.8], masks: [blob(cube, 40, 0), blob(cube, 38, 3)] },
];
const metrics = {
  hd95: (pair) => hausdorffDistance({ ...pair, percentile: 95 }).value,
  assd: (pair) => averageSurfaceDistance(pair).value,
  nsd: (pair) => normalizedSurfaceDice({ ...pair, tolerance: 1 }).value,
  nsdSubvoxel: (pair) => normalizedSurfaceDice({ ...pair, tolerance: 1, surface: 'subvoxel' }).value,
  'hd95, assd and nsd': (pair) => {
    const { hausdorff, averageDistance, surfaceDice } = surfaceMetrics(pair);
    return hausdorff['95'].symmetric + averageDistance.symmetric + surfaceDice['1'].symmetric;
  },
};

const folder = mkdtempSync(join(tmpdir(), 'surfaces-'));
const peer = await startPeer();
try {
  for (const { name, shape, spacing, masks } of cases) {
    const files = masks.map((mask, i) => {
      const path = join(folder, `${name.replaceAll(' ', '-')}-${i}.raw`);
      writeFileSync(path, mask);
      return path;
    });
    const pair = { reference: masks[0], prediction: masks[1], shape, spacing, convention: 'monai' };
    for (const [metric, run] of Object.entries(metrics)) {
      await compare(`${metric} of ${name}`, () => run(pair), { metric, shape, spacing, files });
    }
  }
} finally {
  peer?.stop();
  rmSync(folder, { recursive: true });
}

/** Ours and MONAI's in turn; the values of each pair must be the same. */
async function compare(name, run, request) {
  let value;
  const ours = () => {
    value = run();
  };
  const theirs = peer && {
    run: async () => {
      const answer = await peer.ask(request);
      if (Math.abs(answer.value - value) <= 1e-4 * Math.abs(value)) {
        return answer.seconds;
      }
      throw new Error(`${name}: ${value}, not ${answer.value} as MONAI has it`);
    },
    peakMiB: () => null,
  };
  await paired({ name, ours, pairs, warmUp: 20, target, peer: theirs, peerName: theirs ? peer.name : undefined });
}

async function startPeer() {
  const script = fileURLToPath(new URL('surfaces_monai.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = new Promise((resolve) => child.once('error', resolve).once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), failed]);
  if (!first?.value) {
    process.stderr.write('MONAI cannot be had: set PYTHON to a Python that imports monai\n');
    return undefined;
  }
  return {
    name: first.value,
    ask: async (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value } = await lines.next();
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}
