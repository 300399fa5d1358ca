import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { PythonTuple, readPickle } from '@fractura/torch-weights';
import { writeNpz } from '@fractura/volume-io';
import { writeImage } from '@fractura/radiograph';
import { fractura } from '../support/fractura.js';

const dataset = 'Dataset007_Regions';
const [height, width] = [8, 16];
let root: string;
let folders: string[];

beforeAll(async () => {
  root = await temporaryFolder('fractura-best-');
  folders = ['raw', 'preprocessed', 'results'].flatMap((kind) => [`--${kind}`, join(root, kind)]);
  await makeResults();
});

/** An outer region (left three quarters) that holds an inner one (its first columns); both models find islands of the inner. */
const columnOf = (i: number) => i % width;
const truth = Uint8Array.from({ length: height * width }, (_, i) => (columnOf(i) < 4 ? 2 : columnOf(i) < 12 ? 1 : 0));

/** Wrong for sure in `rows` of the outer region, and unsure of it elsewhere: two models that err in other rows mend each other. */
function probabilities(wrongRow: number): Float32Array {
  const outer = Float32Array.from(truth, (label, i) => {
    const row = Math.floor(i / width);
    return label > 0 ? (row === wrongRow ? 0.4 : 0.9) : 0.1;
  });
  const inner = Float32Array.from(truth, (label, i) => (label === 2 || (columnOf(i) === 8 && i % 3 === 0) ? 0.9 : 0.1));
  return Float32Array.of(...outer, ...inner);
}

const labelsOf = (values: Float32Array) =>
  Uint8Array.from(truth, (_, i) => (values[height * width + i] > 0.5 ? 2 : values[i] > 0.5 ? 1 : 0));

async function makeResults(): Promise<void> {
  const description = {
    channel_names: { '0': 'X-ray' },
    labels: { background: 0, outer: [1, 2], inner: [2] },
    regions_class_order: [1, 2],
    numTraining: 2,
    file_ending: '.png',
  };
  const kwargs = { is_seg: false, order: 1, order_z: 0, force_separate_z: null };
  const plans = {
    dataset_name: dataset,
    plans_name: 'nnUNetPlans',
    image_reader_writer: 'NaturalImage2DIO',
    transpose_forward: [0, 1, 2],
    transpose_backward: [0, 1, 2],
    foreground_intensity_properties_per_channel: {},
    configurations: {
      '2d': {
        data_identifier: '2d',
        preprocessor_name: 'DefaultPreprocessor',
        batch_size: 2,
        patch_size: [8, 16],
        spacing: [1, 1],
        normalization_schemes: ['ZScoreNormalization'],
        use_mask_for_norm: [false],
        resampling_fn_data_kwargs: kwargs,
        resampling_fn_seg_kwargs: { ...kwargs, is_seg: true },
        resampling_fn_probabilities_kwargs: kwargs,
      },
    },
  };
  const [raw, preprocessed] = ['raw', 'preprocessed'].map((kind) => join(root, kind, dataset));
  for (const folder of [join(raw, 'labelsTr'), join(preprocessed, 'gt_segmentations')]) {
    await mkdir(folder, { recursive: true });
    for (const id of ['a', 'b']) {
      await writeImage(join(folder, `${id}.png`), { data: truth, shape: [height, width] });
    }
  }
  await writeFile(join(preprocessed, 'nnUNetPlans.json'), JSON.stringify(plans));
  for (const [m, trainer] of ['nnUNetTrainer', 'nnUNetTrainer_5epochs'].entries()) {
    const model = join(root, 'results', dataset, `${trainer}__nnUNetPlans__2d`);
    for (const [fold, id] of ['a', 'b'].entries()) {
      const validation = join(model, `fold_${fold}/validation`);
      await mkdir(validation, { recursive: true });
      const data = probabilities(2 + 3 * m);
      await writeNpz(join(validation, `${id}.npz`), { probabilities: { data, shape: [2, 1, height, width] } });
      await writeFile(join(validation, `${id}.pkl`), emptyDict);
      await writeImage(join(validation, `${id}.png`), { data: labelsOf(data), shape: [height, width] });
    }
    await writeFile(join(model, 'plans.json'), JSON.stringify(plans));
    await writeFile(join(model, 'dataset.json'), JSON.stringify(description));
  }
}

/** Python's pickle of `{}`: pictures have no geometry. */
const emptyDict = Buffer.from([0x80, 2, 0x7d, 0x2e]);

const call = () => ['find_best_configuration', '7', '-tr', 'nnUNetTrainer', 'nnUNetTrainer_5epochs', '-f', '0', '1'];

test('the mean of two models wins where they mend each other; a region’s islands go', async () => {
  const { status, errors } = await fractura(...call(), ...folders);
  expect({ status, errors }).toMatchObject({ status: 0 });
  const results = join(root, 'results', dataset);
  const models = ['nnUNetTrainer', 'nnUNetTrainer_5epochs'].map((trainer) => `${trainer}__nnUNetPlans__2d`);
  const name = `ensemble___${models.join('___')}___0_1`;
  const instructions = await readFile(join(results, 'inference_instructions.txt'), 'utf8');
  expect(instructions).toContain('An ensemble won!');
  expect(instructions).toContain('-f  0 1 -tr nnUNetTrainer_5epochs -c 2d -p nnUNetPlans --save_probabilities');
  const ensemble = join(results, 'ensembles', name);
  const pickle = await readPickle(join(ensemble, 'postprocessing.pkl'), {
    references: [
      'nnunetv2.postprocessing.remove_connected_components.remove_all_but_largest_component_from_segmentation',
    ],
  });
  const [, [options]] = pickle as [unknown, [Map<string, unknown>]];
  // nnU-Net tells a region by its tuple.
  expect(options.get('labels_or_regions')).toBeInstanceOf(PythonTuple);
  expect([...(options.get('labels_or_regions') as PythonTuple)]).toEqual([2]);
  expect(existsSync(join(ensemble, 'postprocessed/a.png'))).toBe(true);
});

test('a single winner’s summary goes on naming the true labels it was made from', async () => {
  const single = [...call().slice(0, 4), '-f', '0', '1', '--disable_ensembling'];
  expect(await fractura(...single, ...folders)).toMatchObject({ status: 0 });
  const folder = join(root, 'results', dataset, 'nnUNetTrainer__nnUNetPlans__2d/crossval_results_folds_0_1');
  expect(await readFile(join(folder, 'summary.json'), 'utf8')).toContain('raw/Dataset007_Regions/labelsTr/a.png');
  expect(await readFile(join(folder, 'postprocessed/summary.json'), 'utf8')).toContain('gt_segmentations/a.png');
});

test('a summary that is out of date is made anew before postprocessing is judged by it', async () => {
  const folder = join(root, 'results', dataset, 'nnUNetTrainer__nnUNetPlans__2d/crossval_results_folds_0_1');
  const file = join(folder, 'summary.json');
  const before = await readFile(file, 'utf8');
  await writeFile(file, before.replace(/"TP": \d+,/, '"TP": 1,'));
  const references = join(root, 'raw', dataset, 'labelsTr');
  expect(await fractura('determine_postprocessing', '-i', folder, '-ref', references)).toMatchObject({ status: 0 });
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('models whose mean Dice is nowhere defined are refused with the class to look for', async () => {
  const empty = new Uint8Array(height * width);
  for (const place of ['raw', 'preprocessed']) {
    const labels = join(root, place, dataset, place === 'raw' ? 'labelsTr' : 'gt_segmentations');
    for (const id of ['a', 'b']) {
      await writeImage(join(labels, `${id}.png`), { data: empty, shape: [height, width] });
    }
  }
  const model = join(root, 'results', dataset, 'nnUNetTrainer__nnUNetPlans__2d');
  await writeImage(join(model, 'fold_0/validation/a.png'), { data: empty, shape: [height, width] });
  await writeImage(join(model, 'fold_1/validation/b.png'), { data: empty, shape: [height, width] });
  const single = [...call().slice(0, 4), '-f', '0', '1', '--disable_ensembling'];
  const { status, errors } = await fractura(...single, ...folders);
  expect(status).toBe(1);
  expect(errors).toContain('summary.json');
});
