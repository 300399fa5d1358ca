import { cpus } from 'node:os';
import { join } from 'node:path';
import { StageLedger } from '@fractura/array-files';
import { formatDuration } from '@fractura/command-line';
import { estimateFlops as estimateResnet } from '@fractura/backbones';
import type { ClassificationImage, StudySplits } from '@fractura/fracatlas-loader';
import { benchmarkEngine } from '@fractura/tfjs-engine';
import { estimateFlops as estimateUnet } from '@fractura/unet-model';
import { readDatasetJson, readLabels, readPlans, resolveConfiguration } from '@fractura/nnunet-format';
import type { RunContext } from '../run/run-context.js';
import { classifierInputs, classifierSizeOf } from './classify.js';

/** Reading, augmenting, norms and optimiser beside the convolutions that are counted; measured on two cores. */
const overhead = 2;

/** The work ahead in 1e9 operations, by kind. */
interface WorkAhead {
  trainFoldsGflop: number;
  predictGflop: number;
  classifyGflop: number;
}

/** Counts the operations of training, prediction and classification for these settings and data. */
async function countWork(
  splits: StudySplits,
  set: readonly ClassificationImage[],
  { paths, settings }: Pick<RunContext, 'paths' | 'settings'>,
): Promise<WorkAhead> {
  const plans = await readPlans(paths.plans);
  const datasetJson = await readDatasetJson(join(paths.preprocessedDataset, 'dataset.json'));
  const { architecture, patch_size: patchSize, batch_size: planned } = resolveConfiguration(plans, paths.configuration);
  const shared = { architecture, patchSize, inputChannels: Object.keys(datasetJson.channel_names).length };
  const outputChannels = readLabels(datasetJson).segmentationHeads;
  const step = estimateUnet({ ...shared, outputChannels, batchSize: settings.batch || planned });
  const image = estimateUnet({ ...shared, outputChannels, batchSize: 1 });
  const { folds, epochs, iterations, mirroring, classifierEpochs } = settings;
  const forward =
    splits.folds.length * splits.heldOut.length + splits.folds.flatMap(({ val }) => val).length + set.length;
  const trained = set.filter(({ part }) => part === 'train').length;
  const side = classifierSizeOf(settings);
  const classifier = estimateResnet({ inputChannels: 1, height: side, width: side, batchSize: 1 });
  return {
    trainFoldsGflop: folds * epochs * iterations * step.trainingStepGflop,
    predictGflop: forward * (mirroring ? 4 : 1) * image.forwardGflop,
    classifyGflop: classifierInputs.length * classifierEpochs * trained * classifier.trainingStepGflop,
  };
}

/** Says before the long work how long it will take, by the operations ahead and this engine's measured speed. */
export async function announceTime(
  splits: StudySplits,
  set: readonly ClassificationImage[],
  context: RunContext,
): Promise<void> {
  const { paths, settings, engine, note } = context;
  const { hours, precision } = settings;
  if (hours > 0) {
    // The hours say how long it takes; what fits is measured when the folds are trained.
    return;
  }
  const { trainFoldsGflop, predictGflop, classifyGflop } = await countWork(splits, set, context);
  // In no chain with the stages: what they give does not depend on the speed, which a run that goes on does not measure again.
  const { trainingGflops, forwardGflops } = await new StageLedger(paths.stages).run({
    name: 'engine-speed',
    inputs: { engine, precision, processors: cpus().map(({ model }) => model) },
    run: () => benchmarkEngine({ seconds: 2, precision }),
  });
  const parts = [
    ['training the folds', (trainFoldsGflop / trainingGflops) * overhead],
    ['predicting', (predictGflop / forwardGflops) * overhead],
    ['training the classifiers', (classifyGflop / trainingGflops) * overhead],
  ] as const;
  const total = parts.reduce((sum, [, seconds]) => sum + seconds, 0);
  const each = parts.map(([what, seconds]) => `${formatDuration(seconds * 1000)} ${what}`).join(', ');
  note(
    `About ${formatDuration(total * 1000)} of computing at ${trainingGflops.toFixed(0)} GF/s: ${each}. ` +
      'What an earlier run finished is not done again.',
  );
}
