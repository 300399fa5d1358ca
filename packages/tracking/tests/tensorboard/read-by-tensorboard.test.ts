import { spawnSync } from 'node:child_process';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { openTracker } from '../../src/index.js';

const path = useTemporaryFolder('fractura-tensorboard-');

/** Reads an event folder with TensorBoard's own reader; prints what it found as JSON. */
const reader = `
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1], size_guidance={"images": 0, "scalars": 0, "tensors": 0})
events.Reload()
tags = events.Tags()
print(json.dumps({
    "scalars": {tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in tags["scalars"]},
    "images": {tag: [[e.step, e.width, e.height, len(e.encoded_image_string)] for e in events.Images(tag)] for tag in tags["images"]},
    "texts": {tag: [t.tensor_proto.string_val[0].decode() for t in events.Tensors(tag)] for tag in tags["tensors"]},
}))
`;
const python = process.env.FRACTURA_PYTHON ?? 'python3';
const isInstalled = spawnSync(python, ['-c', 'import tensorboard']).status === 0;

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

test('TensorBoard itself reads scalars, pictures and parameters', async () => {
  if (!isInstalled) {
    console.warn(`Skipped: ${python} has no package tensorboard; FRACTURA_PYTHON names another Python.`);
    return;
  }
  const tracker = await openTracker({
    name: 'tensorboard',
    folder: path('runs'),
    experiment: 'exp',
    run: 'fold_0',
    parameters: { lr: 0.01 },
  });
  await tracker.add({ step: 0, time: 1000, scalars: { 'loss/train': -0.25 }, pictures: { example: png } });
  await tracker.add({ step: 1, time: 1001, scalars: { 'loss/train': -0.5, dice: NaN } });
  await tracker.finish({ 'validation/dice': 0.75 });
  const { status, stdout, stderr } = spawnSync(python, ['-c', reader, path('runs/fold_0')], { encoding: 'utf8' });
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    scalars: {
      'loss/train': [
        [0, -0.25],
        [1, -0.5],
      ],
      'validation/dice': [[1, 0.75]],
    },
    images: { example: [[0, 1, 1, png.length]] },
    texts: { parameters: ['| parameter | value |\n| --- | --- |\n| lr | 0.01 |'] },
  });
});
