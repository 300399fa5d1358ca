import { readCommandLine } from '@fractura/command-line';
import { nnunetNames } from '../commands/nnunet-names.js';
import type { CommandJob } from './command-job.js';
import { partsOfPrediction } from './parts-of-prediction.js';

/**
 * Deals a command's work to command lines that may run at once, on machines that share a disk: `train D CONFIGURATION all-folds`
 * to its folds, which `find-best-configuration` follows, several folds to one each, and `predict --num-parts N` to its parts.
 *
 * @param words after the program's name.
 * @returns undefined for any other command.
 * @throws UsageError as the command itself.
 */
export async function jobsOfCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandJob[] | undefined> {
  if (!/^(?:nnUNetv2_)?(?:train|predict|predict_from_modelfolder)$/i.test(words[0] ?? '')) {
    return undefined;
  }
  // Loaded here alone: they import what a network needs.
  const { trainCommand } = await import('../commands/train.js');
  const { predictCommand } = await import('../commands/predict.js');
  const { jobsOfTraining } = await import('./jobs-of-training.js');
  const program = {
    ...nnunetNames,
    name: 'nnunet',
    version: '',
    summary: '',
    commands: [trainCommand, predictCommand],
  };
  const read = await readCommandLine(program, words);
  if (read === undefined) {
    return undefined;
  }
  return read.name === 'train'
    ? jobsOfTraining(words, read.values, environment)
    : partsOfPrediction(words, read.values);
}
