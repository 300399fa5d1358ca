import { openTraining, trainFolds, type TrainedFold } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import { runConfiguration, runDataset } from '../run/run-paths.js';
import { validationIterationsOf } from '../settings/validation-iterations.js';

/** Trains and validates every fold, one after the other; a fold that was interrupted goes on from its checkpoint. */
export async function trainStudyFolds(context: RunContext): Promise<TrainedFold[]> {
  const { paths, settings, ledger, engine } = context;
  const { seed, epochs, iterations, batch, learningRate, momentum, precision, augmentation, mirroring } = settings;
  const validationIterations = validationIterationsOf(settings);
  const training = await openTraining({
    preprocessed: paths.preprocessed,
    results: paths.results,
    dataset: runDataset.folder,
    configuration: runConfiguration,
    plans: paths.plansName,
    epochs,
  });
  const trained: TrainedFold[] = [];
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const how = { iterations, validationIterations, learningRate, momentum, augmentation, seed, precision, mirroring };
    const result = await ledger.run({
      name: `train-fold-${fold}`,
      inputs: { ...how, epochs, batch, engine },
      folders: [paths.fold(fold)],
      run: async () => {
        const [done] = await trainFolds({
          ...how,
          training,
          folds: [fold],
          batchSize: batch > 0 ? batch : undefined,
          note: context.note,
          progress: context.progress,
          signal: context.signal,
        });
        return done;
      },
    });
    trained.push(result);
  }
  return trained;
}
