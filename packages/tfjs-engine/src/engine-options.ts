import type { ArgumentValues, CommandContext } from '@fractura/command-line';
import { precisionChoices } from '@fractura/tfjs-training';
import { engineNames } from './engines/engine-name.js';
import type { EngineInUse } from './engines/take-engine.js';
import { useEngine, type UseEngineOptions } from './engines/use-engine.js';

/** The option that chooses the engine, for every command that computes. */
export const engineOption = {
  engine: { kind: 'string', describe: 'engine (default: the fastest that works)', choices: engineNames },
} as const;

/** The options that start the engine, for commands that compute for long. */
export const engineOptions = {
  ...engineOption,
  threads: { kind: 'integer', minimum: 1, describe: 'threads of the native engine (default: one per core)' },
} as const;

/** The option that chooses the numbers of a training; without it a training takes `auto`. */
export const precisionOption = {
  precision: {
    kind: 'string',
    describe: 'number format of the training (default: auto, bfloat16 where the processor computes with it)',
    choices: precisionChoices,
  },
} as const;

/** The option that chooses the numbers of a prediction. */
export const predictionPrecisionOption = {
  precision: {
    kind: 'string',
    describe: 'number format that the networks compute with; auto: bfloat16 where the processor has it, else float32',
    choices: ['float32', 'bfloat16', 'auto'],
    default: 'float32',
  },
} as const;

/**
 * Starts the engine that the options ask for, and notes which it is and which others were passed over.
 *
 * @param values the values of `engineOption` or `engineOptions`; `gpus` are those it may use.
 * @throws TfjsEngineError `no-engine` when the engine does not work here.
 */
export async function startEngine(
  { engine: prefer, threads, gpus }: Partial<ArgumentValues<typeof engineOptions>> & Pick<UseEngineOptions, 'gpus'>,
  { note }: Pick<CommandContext, 'note'>,
): Promise<EngineInUse> {
  const engine = await useEngine({ prefer, threads, gpus });
  for (const { engine: name, reason } of engine.passedOver) {
    note(`Engine ${name} passed over: ${reason}`);
  }
  note(`Engine: ${engine.name}`);
  return engine;
}
