import type { TrainingSettings } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';

/** How the networks of a study are taught, beside their length: what `trainFolds` takes. */
export function trainingSettingsOf({
  settings,
  encoderWeights,
}: Pick<RunContext, 'settings' | 'encoderWeights'>): TrainingSettings {
  const { recipe, encoder, learningRate, momentum, augmentation, seed, precision, batch } = settings;
  const shared = {
    learningRate: learningRate > 0 ? learningRate : undefined,
    seed,
    precision,
    batchSize: batch > 0 ? batch : undefined,
  };
  return recipe === 'nnunet'
    ? { ...shared, momentum, augmentation }
    : { ...shared, smallLesions: { encoder }, encoderWeights: encoder === 'plan' ? undefined : encoderWeights };
}
