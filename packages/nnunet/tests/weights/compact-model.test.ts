import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { readSafetensors, toFloat32, writeSafetensors, type TensorInput } from '@fractura/torch-weights';
import { compactModel, convertModelFolder, loadModel, predictCase, readCutoff } from '../../src/index.js';
import { modelOf } from '../support/reference-models.js';

const name = 'nnUNetTrainer__nnUNetPlans__2d';
const checkpoint = join('fold_0', 'checkpoint_final.safetensors');
let own: string;
let compact: string;

beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  own = join(await temporaryFolder(), name);
  await convertModelFolder({ input: modelOf('plain'), output: own });
  await writeFile(join(own, 'cutoff.json'), '{"threshold": 0.25}');
  compact = join(await temporaryFolder(), name);
  await compactModel({ input: own, output: compact });
});

test('every weight is the float16 nearest to it, and the optimizer’s tensors are gone', async () => {
  const before = await readSafetensors(join(own, checkpoint));
  const after = await readSafetensors(join(compact, checkpoint));
  expect([...before.tensors.keys()].some((key) => key.startsWith('optimizer.'))).toBe(true);
  expect([...after.tensors.keys()].sort()).toEqual(
    [...before.tensors.keys()].filter((key) => !key.startsWith('optimizer.')).sort(),
  );
  for (const [key, tensor] of after.tensors) {
    expect(tensor.dtype).toBe('float16');
    const exact = toFloat32(before.tensors.get(key)!);
    const off = toFloat32(tensor).findIndex(
      (value, i) => Math.abs(value - exact[i]) > Math.max(Math.abs(exact[i]) * 2 ** -11, 2 ** -25),
    );
    expect(off).toBe(-1);
  }
});

test('it predicts nearly as before, by the same cut-off', async () => {
  const [model, small] = [await loadModel({ folder: own }), await loadModel({ folder: compact })];
  const data = new Float32Array(32 * 32).map((_, i) => Math.sin(i));
  const predict = async (each: typeof model) =>
    (await predictCase({ model: each, image: { data, shape: [1, 1, 32, 32], spacing: [1, 1, 1] } })).logits;
  const [before, after] = [await predict(model), await predict(small)];
  const largest = Math.max(...before.map((value, i) => Math.abs(value - after[i])));
  expect(largest).toBeGreaterThan(0);
  expect(largest).toBeLessThan(0.02);
  expect(await readCutoff(compact)).toMatchObject({ threshold: 0.25 });
  expect(small.mirrorAxes).toEqual(model.mirrorAxes);
  model.dispose();
  small.dispose();
});

test('what cannot be made small is refused by name', async () => {
  await expect(compactModel({ input: own, output: own })).rejects.toMatchObject({ code: 'output-is-input' });
  await expect(compactModel({ input: own, output: compact, folds: [1] })).rejects.toMatchObject({
    code: 'checkpoint-missing',
  });
  await expect(compactModel({ input: modelOf('plain'), output: compact })).rejects.toMatchObject({
    code: 'checkpoint-missing',
  });
  const huge = join(await temporaryFolder(), name);
  await convertModelFolder({ input: modelOf('plain'), output: huge });
  const { tensors, metadata } = await readSafetensors(join(huge, checkpoint));
  const [[key, { shape }]] = tensors;
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1e5);
  await writeSafetensors(join(huge, checkpoint), new Map<string, TensorInput>([...tensors, [key, { shape, data }]]), {
    metadata,
  });
  const output = join(await temporaryFolder(), name);
  await expect(compactModel({ input: huge, output })).rejects.toThrow(key);
  expect(existsSync(join(output, checkpoint))).toBe(false);
});
