import { saveCheckpoint } from '@fractura/tfjs-training/checkpoints';
import type { BatchMaker } from '../batches/batch-maker.js';
import { calibrate } from '../calibration/calibrate.js';
import { cutBatches } from '../batches/cut-batches.js';
import type { ClassifierRecipe } from '../recipe/recipe.js';
import { trainOnBatch, validateOnBatch, type TrainedNetwork } from './batch-steps.js';
import type { ClassifierRecord } from './checkpoint.js';
import { drawEpoch } from './draw-epoch.js';
import { estimateStatistics } from './estimate-statistics.js';
import { isKept, validationAuc } from './keep-epoch.js';
import { passOver, type PassOptions } from './pass-over.js';
import { writeCurves } from './training-curves.js';
import type { TrainClassifierOptions } from './training-options.js';

/** What an epoch is run with. */
export interface EpochContext {
  options: TrainClassifierOptions;
  recipe: ClassifierRecipe;
  trained: TrainedNetwork;
  maker: BatchMaker;
}

/** Trains for the next epoch, validates, and writes its checkpoints. @returns the record with the epoch's entry */
export async function runEpoch(record: ClassifierRecord, context: EpochContext): Promise<ClassifierRecord> {
  const { options, recipe, trained, maker } = context;
  const { outputDirectory: folder, train, validation, signal, onProgress } = options;
  const { network, optimizer, precision, averaged } = trained;
  const { epochs, batchSize, seed } = record.settings;
  const { image: size } = record;
  const epoch = record.log.length;
  const begin = performance.now();

  const plans = drawEpoch(train, { ...recipe, seed, epoch, batchSize });
  const rateOf = (iteration: number) =>
    recipe.learningRate({ epoch, epochs, iteration, iterationsPerEpoch: plans.length });
  const pass = (phase: 'train' | 'validate'): Omit<PassOptions, 'step'> => ({
    maker,
    size,
    now: { epoch, epochs, phase },
    signal,
    onProgress,
  });
  const training = await passOver(plans, {
    ...pass('train'),
    step: (batch, iteration) => trainOnBatch(trained, batch, { ...recipe, learningRate: rateOf(iteration) }),
  });
  /** Does some work with the network to use. */
  const withFinalWeights = <Result>(work: () => Promise<Result>) => (averaged ? averaged.during(work) : work());
  const validated = await withFinalWeights(async () => {
    await estimateStatistics(trained, plans.slice(0, recipe.statisticsBatches ?? 0), { maker, size, recipe, signal });
    return passOver(
      cutBatches(validation, batchSize).map((samples) => ({ samples })),
      { ...pass('validate'), step: (batch) => validateOnBatch(network, batch) },
    );
  });

  const entry = {
    epoch,
    trainLoss: training.loss,
    trainAccuracy: training.accuracy,
    validationLoss: validated.loss,
    validationAccuracy: validated.accuracy,
    validationAuc: validationAuc(validated),
    learningRate: rateOf(0),
    seconds: (performance.now() - begin) / 1000,
  };
  const best = record.log.at(record.bestEpoch);
  const kept = isKept(recipe.keep, entry, {
    best: record.bestEpoch < 0 ? undefined : best,
    isLast: epoch === epochs - 1,
  });
  const next: ClassifierRecord = {
    ...record,
    log: [...record.log, entry],
    bestEpoch: kept ? epoch : record.bestEpoch,
    optimizerSteps: optimizer.steps,
    lossScale: precision.lossScale,
    averagedUpdates: averaged?.updates,
  };
  if (kept) {
    next.calibration = calibrate(validated, options.operatingPoints);
  }
  // In this order: killed in between, the epoch is repeated and the best checkpoint written again, the same.
  if (kept) {
    await withFinalWeights(() => saveCheckpoint({ folder, name: 'best', record: next, network }));
  }
  await saveCheckpoint({ folder, name: 'latest', record: next, network, optimizer, averaged });
  await writeCurves(folder, next.log);
  return next;
}
