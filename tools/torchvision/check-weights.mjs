// Checks that classifiers' weights travel: torchvision's .pth through `fractura weights convert` to .safetensors and back.
//
//   PYTHON=venv/bin/python node tools/torchvision/check-weights.mjs [resnet18 resnet50 ...]
//
// PyTorch must load both strictly, with every tensor as it was, and our network must give torchvision's outputs. Needs built
// packages, and torchvision and safetensors in that Python's environment. Not part of `npm test`.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { buildResnet } from '@fractura/backbones';
import { infer } from '@fractura/tfjs-training';
import { useEngine } from '@fractura/tfjs-engine';
import { readStateDict } from '@fractura/torch-weights';
import { readNpy, writeNpy } from '@fractura/volume-io';

const here = dirname(fileURLToPath(import.meta.url));
const program = join(here, '../../packages/pipeline/dist/bin.js');
const networks = process.argv.length > 2 ? process.argv.slice(2) : ['resnet18'];
await useEngine();
let failed = false;
for (const name of networks) {
  const folder = mkdtempSync(join(tmpdir(), 'fractura-resnet-'));
  const file = (ending) => join(folder, ending);
  const python = (what) =>
    execFileSync(process.env.PYTHON ?? 'python3', [join(here, 'resnet_weights.py'), what, name, folder]).toString();
  const convert = (from, to) =>
    execFileSync(process.execPath, [program, 'weights', 'convert', file(from), file(to), '--quiet']);
  try {
    python('make');
    convert('theirs.pth', 'ours.safetensors');
    convert('ours.safetensors', 'ours.pth');
    const weights = await readStateDict(file('ours.safetensors'));
    const network = buildResnet({
      depth: Number(name.slice('resnet'.length)),
      inputChannels: 3,
      classes: 1000,
      weights,
    });
    const { data, shape } = await readNpy(file('input.npy'));
    const logits = infer(() => network.forward(tf.transpose(tf.tensor(data, shape), [0, 2, 3, 1])));
    await writeNpy(file('ours.npy'), { data: await logits.data(), shape: logits.shape });
    const results = python('check');
    process.stdout.write(results);
    failed ||= results.includes('FAILS');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;
