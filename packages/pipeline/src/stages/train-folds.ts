import { openTraining, trainFolds, type TrainedFold } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import { runDataset } from '../run/run-paths.js';
import { validationIterationsOf } from '../settings/validation-iterations.js';
import { fitIterations } from './fit-iterations.js';
import { trainingSettingsOf } from './training-settings.js';

/** Trains and validates every fold, one after the other; a fold that was interrupted goes on from its checkpoint. */
export async function trainStudyFolds(context: RunContext): Promise<TrainedFold[]> {
  const { paths, settings, ledger, engine } = context;
  const { epochs, mirroring } = settings;
  const training = await openTraining({
    preprocessed: paths.preprocessed,
    results: paths.results,
    dataset: runDataset.folder,
    configuration: paths.configuration,
    plans: paths.plansName,
    trainer: paths.trainer,
  });
  const iterations = await fitIterations(training, context);
  const validationIterations = validationIterationsOf({ ...settings, iterations });
  const how = { ...trainingSettingsOf(context), iterations, validationIterations, mirroring };
  const trained: TrainedFold[] = [];
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const result = await ledger.run({
      name: `train-fold-${fold}`,
      inputs: { ...how, epochs, engine },
      // Folds of other settings would be taken for folds of this model.
      folders: [fold === 0 ? paths.model : paths.fold(fold)],
      run: async () => {
        const [done] = await trainFolds({
          ...how,
          training,
          folds: [fold],
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
