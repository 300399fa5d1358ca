import { FracturaError } from '@fractura/errors';
import * as tf from '@tensorflow/tfjs';

import { TfjsEngineError } from '../errors.js';
import { deviceOf } from './device-of.js';
import type { EngineName } from './engine-name.js';
import { selfTest } from './self-test.js';

/** The engine that was chosen. */
export interface EngineInUse {
  name: EngineName;
  /** The TensorFlow.js backend now in force. */
  backend: string;
  /** Version of TensorFlow's library, for the native engine; of TensorFlow.js for the others. */
  version: string;
  /** What it computes on, in words. */
  device: string;
  /** The threads that were asked for. */
  threads?: number;
  /** The engines tried before it, with the reason why each was passed over. */
  passedOver: { engine: EngineName; reason: string }[];
}

/** How an engine is loaded: gives the name of its TensorFlow.js backend, registered. */
export type LoadEngine<Name extends EngineName> = (engine: Name) => Promise<string>;

/**
 * Takes the first of these engines that loads and passes the self-test, and makes it TensorFlow.js's backend.
 *
 * @param known the engines that can be asked for here, fastest first.
 * @param prefer those to try, in this order; default all that are known.
 * @throws TfjsEngineError `no-engine` when none works; `unknown-engine` for another name.
 */
export async function takeEngine<Name extends EngineName>(
  known: readonly Name[],
  prefer: Name | readonly Name[] | undefined,
  load: LoadEngine<Name>,
): Promise<Pick<EngineInUse, 'name' | 'backend' | 'device' | 'passedOver'>> {
  const candidates = typeof prefer === 'string' ? [prefer] : (prefer ?? known);
  for (const name of candidates) {
    assertKnown(name, known);
  }
  const backendBefore = tf.getBackend();
  const passedOver: EngineInUse['passedOver'] = [];
  for (const engine of candidates) {
    const { backend, reason } = await tryEngine(engine, load);
    if (backend !== undefined) {
      return { name: engine, backend, device: deviceOf(engine), passedOver };
    }
    passedOver.push({ engine, reason });
  }
  if (backendBefore) {
    await tf.setBackend(backendBefore);
  }
  const reasons = passedOver.map(({ engine, reason }) => `${engine}: ${reason}`).join('; ');
  throw new TfjsEngineError(`No engine works here. ${reasons.replace(/\.$/, '')}.`, {
    code: 'no-engine',
    remedy: 'Allow the engine "cpu", which is always there, or install one of the others.',
  });
}

function assertKnown(name: string, known: readonly string[]): void {
  if (known.includes(name)) {
    return;
  }
  throw new TfjsEngineError(`There is no engine "${name}".`, {
    code: 'unknown-engine',
    remedy: `Choose from ${known.join(', ')}.`,
  });
}

type Attempt = { backend: string; reason?: never } | { backend?: never; reason: string };

async function tryEngine<Name extends EngineName>(engine: Name, load: LoadEngine<Name>): Promise<Attempt> {
  try {
    const backend = await load(engine);
    if (!(await tf.setBackend(backend))) {
      return { reason: `TensorFlow.js could not start its backend ${backend}` };
    }
    // Else it would advise on the console to install another engine; that is this package's business.
    if (backend === 'cpu') {
      (tf.backend() as unknown as { firstUse: boolean }).firstUse = false;
    }
    const fault = await selfTest();
    return fault === undefined ? { backend } : { reason: fault };
  } catch (error) {
    return { reason: describeFailure(error) };
  }
}

/** The error's words, and what to do about it where it says so. */
function describeFailure(error: unknown): string {
  if (!FracturaError.isInstance(error)) {
    return error instanceof Error ? error.message : String(error);
  }
  return [error.message.replace(/\.?$/, '.'), error.remedy].filter(Boolean).join(' ');
}
