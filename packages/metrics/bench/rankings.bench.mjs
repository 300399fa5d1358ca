#!/usr/bin/env node
/**
 * The AUC of many scores against scikit-learn's and COCO's evaluation against pycocotools', in turn on the same numbers:
 * `node bench/rankings.bench.mjs [PAIRS]` after a build. Python comes from the environment variable PYTHON.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asServerIfPresent, python } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';
import { evaluateCoco, rocAuc } from '../dist/index.js';

const pairs = Number(process.argv[2] ?? 9);
const script = fileURLToPath(new URL('./rankings_python.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rankings-'));
let state = 1;
/** Numbers of a linear congruential generator in [0, 1): the same each time. */
const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;

try {
  await compareAuc();
  for (const kind of ['bbox', 'segm']) {
    await compareCoco(kind);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function compareAuc() {
  const labels = Uint8Array.from({ length: 1e6 }, () => Number(uniform() < 0.2));
  const scores = Float64Array.from(labels, (label) => uniform() + 0.3 * label);
  const files = [labels, scores].map((values, i) => join(folder, `auc-${i}.raw`));
  writeFileSync(files[0], labels);
  writeFileSync(files[1], scores);
  // A number that is returned would be taken for the time.
  await compare('AUC of 1e6 scores', 'auc', files, () => void rocAuc({ labels, scores }));
}

/** 300 images with some ten objects and thirty detections each, as ellipses in RLE and their boxes. */
async function compareCoco(kind) {
  const [height, width] = [373, 454];
  const images = Array.from({ length: 300 }, (_, i) => ({ id: i + 1, height, width }));
  const [annotations, detections] = [[], []];
  for (const { id } of images) {
    for (let object = 0; object < 10; object += 1) {
      const truth = ellipse(
        uniform() * width,
        uniform() * height,
        4 + 60 * uniform() ** 2,
        4 + 40 * uniform(),
        height,
        width,
      );
      annotations.push({ id: annotations.length + 1, image_id: id, category_id: 1, iscrowd: 0, ...truth.fields });
      for (let guess = 0; guess < 3; guess += 1) {
        const shift = () => 6 * (uniform() - 0.5);
        const [x, y, a, b] = truth.at;
        const { fields } = ellipse(x + shift(), y + shift(), a + shift() / 3, b + shift() / 3, height, width);
        const { area, ...shape } = fields;
        if (area > 0) {
          detections.push({ image_id: id, category_id: 1, score: uniform(), ...shape });
        }
      }
    }
  }
  const groundTruth = { images, categories: [{ id: 1 }], annotations };
  const files = [groundTruth, detections].map((content, i) => {
    const file = join(folder, `coco-${kind}-${i}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  });
  await compare(`COCO evaluation, ${kind}, 300 images, ${detections.length} detections`, kind, files, () =>
    evaluateCoco({ groundTruth, detections, kind }),
  );
}

/** An ellipse's runs, column by column, with its box and area. */
function ellipse(x, y, a, b, height, width) {
  const counts = [];
  let [run, area, inside] = [0, 0, 0];
  const flip = () => {
    counts.push(run);
    [run, inside] = [0, 1 - inside];
  };
  for (let column = 0; column < width; column += 1) {
    const half = Math.abs(column - x) < a ? b * Math.sqrt(1 - ((column - x) / a) ** 2) : -1;
    for (let row = 0; row < height; row += 1) {
      if (Number(Math.abs(row - y) <= half) !== inside) {
        flip();
      }
      run += 1;
      area += inside;
    }
  }
  counts.push(run);
  const fields = { bbox: [x - a, y - b, 2 * a, 2 * b], segmentation: { size: [height, width], counts }, area };
  return { at: [x, y, a, b], fields };
}

async function compare(name, what, files, ours) {
  const peer = await asServerIfPresent(python, [script, what, ...files]);
  try {
    await paired({ name, ours, pairs, target: 1, peer, peerName: peer ? peer.greeting : undefined });
  } finally {
    await peer?.close();
  }
}
