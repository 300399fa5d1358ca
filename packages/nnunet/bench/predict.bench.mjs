/**
 * `fractura predict` against `nnUNetv2_predict -device cpu`: 50 images of 224 x 224 by the network planned for FracAtlas, with
 * mirroring, from start to end of the command. Build first, then:
 *
 *   PYTHON=... npm run bench -- predict.bench      about 20 minutes
 *   FRACTURA_BENCH_PAIRS=1 FRACTURA_BENCH_IMAGES=10 ...    fewer pairs and images
 *
 * Both read the same nnU-Net model folder; its weights are random and its images noise, as neither changes the work. nnU-Net has
 * its three processes each for preprocessing and export; peak memory is that of a command with its children.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertModelFolder } from '@fractura/nnunet';
import { useEngine } from '@fractura/tfjs-engine';
import { saveState } from '@fractura/tfjs-training';
import { checkpointFile, writeCheckpoint } from '@fractura/tfjs-training/checkpoints';
import { buildUnet } from '@fractura/unet-model';
import { writeNifti } from '@fractura/volume-io';
import { asCommand, python } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';
import { architecture, edge, plans as networkPlans } from '../../unet-model/bench/planned-unet.mjs';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
const images = Number(process.env.FRACTURA_BENCH_IMAGES ?? 50);
const pairs = Number(process.env.FRACTURA_BENCH_PAIRS ?? 5);
const dataset = networkPlans.dataset_name;
const folder = mkdtempSync(join(tmpdir(), 'predict-bench-'));
try {
  writeImages(join(folder, 'images'));
  await writeModel(join(folder, 'results', dataset, 'nnUNetTrainer__nnUNetPlans__2d'));
  const env = { ...process.env };
  for (const kind of ['raw', 'preprocessed', 'results']) {
    env[`nnUNet_${kind}`] = join(folder, kind);
  }
  const call = (output) => [
    '-i',
    join(folder, 'images'),
    '-o',
    join(folder, output),
    '-d',
    '921',
    '-c',
    '2d',
    '-f',
    '0',
  ];
  const fresh = (output) => ({ before: () => rmSync(join(folder, output), { recursive: true, force: true }), env });
  const nnunet = join(dirname(python), 'nnUNetv2_predict');
  const isThere = python.includes('/') && existsSync(nnunet);
  if (!isThere) {
    console.error('The peer is missing: PYTHON must be the path of a Python with nnunetv2 beside it.');
  }
  for (const [precision, target] of [
    ['float32', 2],
    ['bfloat16', undefined],
  ]) {
    const options = [...call('ours'), '--quiet', '--precision', precision];
    await paired({
      name: `predict ${images} images of ${edge} x ${edge}, mirrored, start-up included, ${precision}`,
      ours: asCommand(process.execPath, [bin, 'predict', ...options], fresh('ours')),
      peer: isThere ? asCommand(nnunet, [...call('theirs'), '-device', 'cpu'], fresh('theirs')) : undefined,
      peerName: isThere ? `nnunetv2 ${versionOf('nnunetv2')}, torch ${versionOf('torch')}` : null,
      pairs,
      warmUp: pairs > 1 ? 1 : 0,
      target,
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function versionOf(name) {
  const program = `from importlib.metadata import version; print(version("${name}"))`;
  return execFileSync(python, ['-c', program]).toString().trim();
}

/** Smooth noise, no pixel 0, so that nothing is cropped. */
function writeImages(place) {
  mkdirSync(place);
  for (let n = 0; n < images; n += 1) {
    const data = Uint8Array.from({ length: edge * edge }, (_, i) => {
      const [y, x] = [Math.floor(i / edge), i % edge];
      return 128 + 60 * Math.sin(x / (9 + n)) * Math.cos(y / (7 + n)) + ((i * 7919 + n * 104729) % 61);
    });
    writeNifti(join(place, `fra_${String(n + 1).padStart(4, '0')}_0000.nii.gz`), { data, shape: [edge, edge, 1] });
  }
}

/** A model folder of nnU-Net's: our own checkpoint, converted. */
async function writeModel(place) {
  const plans = fullPlans();
  const labels = { background: 0, fracture: 1 };
  const description = { channel_names: { 0: 'X-ray' }, labels, numTraining: 656, file_ending: '.nii.gz' };
  await useEngine();
  const network = buildUnet({ architecture, inputChannels: 1, outputChannels: 2, seed: 1 });
  const own = join(folder, 'own', '2d');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'plans.json'), JSON.stringify(plans));
  writeFileSync(join(own, 'dataset.json'), JSON.stringify(description));
  const record = {
    trainer_name: 'nnUNetTrainer',
    init_args: {
      plans,
      configuration: '2d',
      fold: 0,
      dataset_json: description,
      inference_allowed_mirroring_axes: [0, 1],
      epochs: 1,
      iterationsPerEpoch: 1,
      batchSize: 4,
      augmentation: 'default',
      seed: 1,
    },
    state: { epoch: 1, iteration: 0, lossSum: 0, epochStart: 0, bestEma: null, log: logOfOneEpoch() },
  };
  const checkpoint = { record, weights: await saveState(network), optimizer: new Map() };
  await writeCheckpoint(checkpointFile(join(own, 'fold_0'), 'final'), checkpoint);
  await convertModelFolder({ input: own, output: place });
}

/** Of the one epoch that the checkpoint says it was trained for. */
function logOfOneEpoch() {
  return {
    mean_fg_dice: [0],
    ema_fg_dice: [0],
    dice_per_class_or_region: [[0]],
    train_losses: [0],
    val_losses: [0],
    lrs: [0.01],
    epoch_start_timestamps: [0],
    epoch_end_timestamps: [1],
  };
}

/** The plans of the network, with all that preprocessing and export need. */
function fullPlans() {
  const resampling = (order) => ({ is_seg: false, order, order_z: 0, force_separate_z: null });
  const resample = 'resample_data_or_seg_to_shape';
  const statistics = ['max', 'mean', 'median', 'min', 'std', 'percentile_00_5', 'percentile_99_5'];
  return {
    ...networkPlans,
    image_reader_writer: 'SimpleITKIO',
    label_manager: 'LabelManager',
    transpose_forward: [0, 1, 2],
    transpose_backward: [0, 1, 2],
    experiment_planner_used: 'ExperimentPlanner',
    original_median_shape_after_transp: [1, edge, edge],
    original_median_spacing_after_transp: [1, 1, 1],
    foreground_intensity_properties_per_channel: { 0: Object.fromEntries(statistics.map((name) => [name, 100])) },
    configurations: {
      '2d': {
        ...networkPlans.configurations['2d'],
        preprocessor_name: 'DefaultPreprocessor',
        median_image_size_in_voxels: [edge, edge],
        resampling_fn_data: resample,
        resampling_fn_seg: resample,
        resampling_fn_probabilities: resample,
        resampling_fn_data_kwargs: resampling(3),
        resampling_fn_probabilities_kwargs: resampling(1),
        resampling_fn_seg_kwargs: { ...resampling(1), is_seg: true },
      },
    },
  };
}
