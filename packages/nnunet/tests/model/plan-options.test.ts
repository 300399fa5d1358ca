import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plans } from '@fractura/nnunet-format';
import { readImage } from '@fractura/nnunet-planner';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { readStateDict, writeSafetensors } from '@fractura/torch-weights';
import { beforeAll, expect, test } from '@jest/globals';
import { loadModel, predictCase } from '../../src/index.js';
import { fixtures } from '../support/reference-models.js';

const modelName = 'nnUNetTrainer__nnUNetPlans__2d';
const options = join(fixtures, 'architecture-options');

beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
});

/** A copy of a model with its plans changed. */
async function modelWith(variant: string, change: (plans: Plans) => void = () => undefined): Promise<string> {
  const folder = join(await temporaryFolder(), modelName);
  await cp(join(options, variant, modelName), folder, { recursive: true });
  const file = join(folder, 'plans.json');
  const plans = JSON.parse(await readFile(file, 'utf8')) as Plans;
  change(plans);
  await writeFile(file, JSON.stringify(plans));
  return folder;
}

async function labelsOf(folder: string): Promise<number[]> {
  const model = await loadModel({ folder });
  const image = await readImage([join(options, 'images', 'a_0000.png')], { reader: 'NaturalImage2DIO' });
  const { segmentation } = await predictCase({ model, image });
  model.dispose();
  return [...segmentation];
}

test.each(['negative-slope', 'nonlin-first'])('a plan with %s gives the labels of nnU-Net', async (variant) => {
  const { data: expected } = await readImage([join(options, variant, 'expected.png')]);
  expect(await labelsOf(await modelWith(variant))).toEqual([...expected]);
});

test('without its slope the plan gives other labels, and with the norm in another place the weights do not fit', async () => {
  const { data: expected } = await readImage([join(options, 'negative-slope', 'expected.png')]);
  const usualSlope = await modelWith('negative-slope', ({ configurations }) => {
    configurations['2d'].architecture!.arch_kwargs.nonlin_kwargs = { inplace: true };
  });
  const differing = (await labelsOf(usualSlope)).filter((label, i) => label !== expected[i]);
  expect(differing.length).toBeGreaterThan(100);
  const usualOrder = await modelWith('nonlin-first', ({ configurations }) => {
    configurations['2d'].architecture!.arch_kwargs.nonlin_first = false;
  });
  await expect(loadModel({ folder: usualOrder })).rejects.toMatchObject({ code: 'weights-unexpected' });
});

/** A model whose only fold has these tensors alone, under other names. */
async function renamed(rename: (name: string) => string, extra?: string): Promise<string> {
  const folder = await modelWith('negative-slope');
  const fold = join(folder, 'fold_0');
  const weights = await readStateDict(join(fold, 'checkpoint_final.pth'));
  const tensors = [...weights].map(([name, tensor]) => [rename(name), tensor] as const);
  if (extra !== undefined) {
    tensors.push([extra, tensors[0][1]]);
  }
  await writeSafetensors(join(fold, 'checkpoint_final.safetensors'), new Map(tensors));
  return folder;
}

test.each(['_orig_mod.', 'module.', 'module._orig_mod.', '_orig_mod.module.'])(
  'tensors whose names begin with %s are found, which is said',
  async (prefix) => {
    const notes: string[] = [];
    const folder = await renamed((name) => prefix + name);
    const model = await loadModel({ folder, note: (line) => notes.push(line) });
    model.dispose();
    expect(notes).toEqual([expect.stringContaining(`are read without ${prefix}`)]);
  },
);

test('a tensor that the network does not have is refused by name', async () => {
  const folder = await renamed((name) => name, 'encoder.attention.weight');
  await expect(loadModel({ folder })).rejects.toMatchObject({
    code: 'weights-unexpected',
    message: expect.stringContaining('encoder.attention.weight'),
  });
});

test('weights of another plan are refused with the tensor that does not fit', async () => {
  const folder = await modelWith('negative-slope', ({ configurations }) => {
    configurations['2d'].architecture!.arch_kwargs.features_per_stage = [5, 7];
  });
  await expect(loadModel({ folder })).rejects.toMatchObject({
    code: 'weights-other-plan',
    message: expect.stringMatching(/checkpoint_final\.pth does not fit the network of the plans: .*shape/),
  });
});

test.each([
  [100000, 'patch-too-large'],
  [16000, 'patch-too-large'],
])('a patch of %d x %d pixels is refused before memory is taken', async (edge, code) => {
  const folder = await modelWith('negative-slope', ({ configurations }) => {
    configurations['2d'].patch_size = [edge, edge];
    configurations['2d'].architecture!.arch_kwargs.features_per_stage = [512, 512];
  });
  await expect(loadModel({ folder })).rejects.toMatchObject({ code });
});

test.each([
  ['label_manager', 'MyLabels', 'plans-unsupported'],
  ['preprocessor_name', 'MyPreprocessor', 'plans-unsupported'],
])('the %s %s is refused by name', async (key, value, code) => {
  const folder = await modelWith('negative-slope', (plans) => {
    const holder = key === 'label_manager' ? plans : plans.configurations['2d'];
    (holder as Record<string, unknown>)[key] = value;
  });
  await expect(loadModel({ folder })).rejects.toMatchObject({ code, message: expect.stringContaining(value) });
});

test.each(['resample_torch_fornnunet', 'no_resampling_hack', 'my_own'])(
  'a plan that resamples with %s is refused by name',
  async (name) => {
    const folder = await modelWith('negative-slope', ({ configurations }) => {
      configurations['2d'].resampling_fn_data = name;
    });
    await expect(labelsOf(folder)).rejects.toMatchObject({
      code: 'resampling-unsupported',
      message: expect.stringContaining(name),
    });
  },
);
