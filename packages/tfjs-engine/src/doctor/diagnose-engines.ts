import { createRequire } from 'node:module';
import { cpus, release, totalmem } from 'node:os';
import * as tf from '@tensorflow/tfjs';

import { engineNames, type EngineName } from '../engines/engine-name.js';
import { useEngine } from '../engines/use-engine.js';
import { defaultCacheDirectory, findPreparedEngine } from '../install/engine-cache.js';
import { thisMachine } from '../install/machine.js';
import { benchmarkEngine, type EngineSpeed } from './benchmark-engine.js';

/** What works here, and why not what does not. */
export interface Diagnosis {
  machine: { node: string; platform: string; processor: string; cores: number; memoryGb: number; glibc: string };
  versions: Record<string, string>;
  cacheDirectory: string;
  engines: { engine: EngineName; works: boolean; reason?: string; speed?: EngineSpeed }[];
}

/** Tries every engine, and measures those that work for about `seconds` each (default 1). */
export async function diagnoseEngines({ seconds = 1 }: { seconds?: number } = {}): Promise<Diagnosis> {
  const engines: Diagnosis['engines'] = [];
  for (const engine of engineNames) {
    try {
      await useEngine({ prefer: engine });
      engines.push({ engine, works: true, speed: await benchmarkEngine({ seconds }) });
    } catch (error) {
      const reason = (error instanceof Error ? error.message : String(error)).replace(
        /^No engine works here\. \w+: /,
        '',
      );
      engines.push({ engine, works: false, reason });
    }
  }
  await useEngine();
  const processors = cpus();
  const native = findPreparedEngine()?.manifest;
  return {
    machine: {
      node: process.versions.node,
      platform: `${process.platform} ${process.arch} ${release()}`,
      processor: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      memoryGb: Math.round(totalmem() / 1e9),
      glibc: thisMachine().glibc ?? 'none',
    },
    versions: {
      '@tensorflow/tfjs': tf.version['tfjs-core'],
      ...wasmVersion(),
      ...(native ? { tensorflow: native.tensorflow, '@tensorflow/tfjs-node-gpu': native.binding } : {}),
    },
    cacheDirectory: defaultCacheDirectory(),
    engines,
  };
}

function wasmVersion(): Record<string, string> {
  const name = '@tensorflow/tfjs-backend-wasm';
  try {
    return { [name]: (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version };
  } catch {
    return {};
  }
}
