import type { CommandContext } from '@fractura/command-line';
import { engineNames, useEngine, type EngineName } from '@fractura/tfjs-engine';

/** Options of several commands. */
export const engineOption = {
  engine: { kind: 'string', describe: 'TensorFlow.js engine (default: the fastest that works)', choices: engineNames },
} as const;
export const modelOption = {
  model: { kind: 'string', alias: 'm', describe: 'folder of a training, or a checkpoint of it', required: true },
} as const;
export const batchOption = {
  batch: { kind: 'number', describe: 'images at once', default: 32 },
} as const;

/** Starts the engine and says which it is. */
export async function startEngine(name: string | undefined, { note }: Pick<CommandContext, 'note'>): Promise<void> {
  const engine = await useEngine(name === undefined ? {} : { prefer: name as EngineName });
  note(`Engine: ${engine.name}.`);
}
