import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { NumpyScalar, readSafetensors, readTorchFile, type PythonValue } from '@fractura/torch-weights';
import { fractura } from '../support/fractura.js';
import { modelOf, variants } from '../support/reference-models.js';

const name = 'fold_0/checkpoint_final';
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

/** The tensors and settings of a checkpoint, as plain data. */
async function contentOf(file: string): Promise<Map<PythonValue, PythonValue>> {
  const content = await readTorchFile(file);
  if (content instanceof Map) {
    return content;
  }
  throw new Error('A checkpoint is a dict.');
}

/** With numpy's scalars, which nnU-Net logs, as plain numbers. */
function numbersOf(value: PythonValue): unknown {
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, numbersOf(item)]));
  }
  if (Array.isArray(value)) {
    return value.map(numbersOf);
  }
  return value instanceof NumpyScalar ? value.value : value;
}

async function expectSameCheckpoint(file: string, original: string): Promise<void> {
  const [after, before] = [await contentOf(file), await contentOf(original)];
  expect([...after.keys()]).toEqual([...before.keys()]);
  const [converted, weights] = [after, before].map((each) => each.get('network_weights') as Map<string, object>);
  expect([...converted.keys()]).toEqual([...weights.keys()]);
  for (const [key, tensor] of weights) {
    const { shape, data } = tensor as { shape: number[]; data: Float32Array };
    expect(converted.get(key)).toMatchObject({ shape, data });
  }
  const [momenta, expected] = [after, before].map((each) => {
    const states = (each.get('optimizer_state') as Map<string, unknown>).get('state');
    return states as Map<number, Map<string, { data: Float32Array }>>;
  });
  expect([...momenta.keys()]).toEqual([...expected.keys()]);
  for (const [i, state] of expected) {
    expect(momenta.get(i)!.get('momentum_buffer')!.data).toEqual(state.get('momentum_buffer')!.data);
  }
  for (const key of ['current_epoch', 'trainer_name', 'inference_allowed_mirroring_axes']) {
    expect(after.get(key)).toEqual(before.get(key));
  }
  for (const key of ['logging', '_best_ema']) {
    expect(numbersOf(after.get(key)!)).toEqual(numbersOf(before.get(key)!));
  }
  const [args, expectedArgs] = [after, before].map((each) => each.get('init_args') as Map<string, unknown>);
  for (const key of ['plans', 'configuration', 'fold', 'dataset_json', 'device']) {
    expect(args.get(key)).toEqual(expectedArgs.get(key));
  }
}

describe.each(variants)('real nnU-Net’s checkpoint %s', (variant) => {
  test('travels by its folder to our checkpoint and back without a change', async () => {
    const [own, back] = ['own', 'back'].map((step) => join(folder, `${variant}-${step}`, 'trainer__plans__2d'));
    expect(await fractura('weights', 'convert', modelOf(variant), own)).toMatchObject({ status: 0 });
    expect(await fractura('weights', 'convert', own, back)).toMatchObject({ status: 0 });
    await expectSameCheckpoint(join(back, `${name}.pth`), join(modelOf(variant), `${name}.pth`));
  });

  test('travels as a file, with trainer, settings and mirroring axes in the metadata', async () => {
    const original = join(modelOf(variant), `${name}.pth`);
    const [own, back] = [join(folder, `${variant}.safetensors`), join(folder, `${variant}.pth`)];
    expect(await fractura('weights', 'convert', original, own)).toMatchObject({ status: 0 });
    const { metadata } = await readSafetensors(own);
    expect(JSON.parse(metadata!.checkpoint)).toMatchObject({
      trainer_name: 'nnUNetTrainer_5epochs',
      init_args: { configuration: '2d', fold: 0, inference_allowed_mirroring_axes: [0, 1], epochs: 5 },
      state: { epoch: 5 },
    });
    expect(await fractura('weights', 'convert', own, back)).toMatchObject({ status: 0 });
    await expectSameCheckpoint(back, original);
  });
});

test('the weights alone are taken where their key is named', async () => {
  const file = join(folder, 'alone.safetensors');
  const call = ['weights', 'convert', join(modelOf('plain'), `${name}.pth`), file, '--key', 'network_weights'];
  expect(await fractura(...call)).toMatchObject({ status: 0 });
  const { tensors, metadata } = await readSafetensors(file);
  expect(metadata).toEqual({ format: 'pt' });
  expect(tensors.has('decoder.encoder.stages.0.0.convs.0.conv.weight')).toBe(true);
});

test('a network is exported for onnxruntime, with its preprocessing beside it', async () => {
  const { status, output } = await fractura('weights', 'export', modelOf('plain'), join(folder, 'm.onnx'), '--json');
  expect(status).toBe(0);
  const files = ['m.onnx', 'm.preprocessing.json'].map((file) => join(folder, file));
  expect(JSON.parse(output)).toEqual({ files });
});
