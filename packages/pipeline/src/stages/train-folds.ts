import { readPreprocessedCase } from '@fractura/nnunet-planner';
import { trainFold, type PreprocessedCase, type TrainedFold } from '@fractura/unet-model';
import type { RunContext } from '../run/run-context.js';
import { runConfiguration } from '../run/run-paths.js';
import type { CaseSplit } from './plan-dataset.js';
import { readModel } from './read-model.js';

/** Trains the network of every fold, one after the other; a fold that was interrupted goes on from its checkpoint. */
export async function trainFolds(splits: readonly CaseSplit[], context: RunContext): Promise<TrainedFold[]> {
  const { paths, settings, ledger, engine, progress, signal } = context;
  const { seed, epochs, iterations, batch, learningRate, momentum, precision } = settings;
  const { plans, datasetJson } = await readModel(paths);
  let cases: Promise<PreprocessedCase[]> | undefined;
  const trained: TrainedFold[] = [];
  for (const [fold, split] of splits.entries()) {
    const result = await ledger.run({
      name: `train-fold-${fold}`,
      inputs: { seed, epochs, iterations, batch, learningRate, momentum, precision, engine },
      folders: [paths.fold(fold)],
      run: async () => {
        cases ??= readCases(paths.preprocessed, splits);
        const task = progress(`Training fold ${fold + 1} of ${splits.length}`);
        const done = await trainFold({
          plans,
          configuration: runConfiguration,
          datasetJson,
          cases: await cases,
          split,
          fold,
          seed,
          outputDirectory: paths.fold(fold),
          epochs,
          iterationsPerEpoch: iterations,
          learningRate,
          momentum,
          precision,
          signal,
          // A few epochs are too short for nnU-Net's full augmentation.
          augmentation: 'light',
          validationIterations: Math.max(1, Math.round(iterations / 5)),
          batchSize: batch > 0 ? batch : undefined,
          onProgress: ({ epoch, phase, iteration, iterations: ofPhase, loss, emaDice }) => {
            const inEpoch = phase === 'train' ? iteration / ofPhase : 1;
            task.update({
              done: Math.round((epoch + inEpoch) * iterations),
              total: epochs * iterations,
              note: `loss ${loss.toFixed(3)}${emaDice === undefined ? '' : `, Dice ${emaDice.toFixed(3)}`}`,
            });
          },
        });
        task.finish(`Dice ${done.bestEma.toFixed(3)} on its validation patches`);
        return done;
      },
    });
    trained.push(result);
  }
  return trained;
}

async function readCases(folder: string, splits: readonly CaseSplit[]): Promise<PreprocessedCase[]> {
  const ids = splits.flatMap(({ val }) => val);
  return Promise.all(ids.map((id) => readPreprocessedCase(`${folder}/nnUNetPlans_${runConfiguration}`, id)));
}
