// Checks that classifiers' weights travel: torchvision's .pth through `fractura weights convert` to .safetensors and back.
//
//   npm run interop -- torchvision-weights [resnet18 resnet50 ...]
//
// PyTorch must load both strictly, with every tensor as it was, and our network must give torchvision's outputs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { buildResnet } from '@fractura/backbones';
import { infer } from '@fractura/tfjs-training';
import { readWeights } from '@fractura/tfjs-training/checkpoints';
import { useEngine } from '@fractura/tfjs-engine';
import { readNpy, writeNpy } from '@fractura/volume-io';
import { call, callScript, program } from './programs.mjs';

const networks = process.argv.length > 2 ? process.argv.slice(2) : ['resnet18'];
await useEngine();
let failed = false;
for (const name of networks) {
  const folder = mkdtempSync(join(tmpdir(), 'fractura-resnet-'));
  const file = (ending) => join(folder, ending);
  const pytorch = (what) => callScript('resnet_weights.py', [what, name, folder], folder);
  const convert = (from, to) =>
    call(process.execPath, [program, 'weights', 'convert', file(from), file(to), '--quiet'], folder);
  try {
    pytorch('make');
    convert('theirs.pth', 'ours.safetensors');
    convert('ours.safetensors', 'ours.pth');
    const weights = await readWeights(file('ours.safetensors'));
    const network = buildResnet({
      depth: Number(name.slice('resnet'.length)),
      inputChannels: 3,
      classes: 1000,
      weights,
    });
    const { data, shape } = await readNpy(file('input.npy'));
    const logits = infer(() => network.forward(tf.transpose(tf.tensor(data, shape), [0, 2, 3, 1])));
    await writeNpy(file('ours.npy'), { data: await logits.data(), shape: logits.shape });
    const results = pytorch('check');
    process.stdout.write(results);
    failed ||= results.includes('FAILS');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;
