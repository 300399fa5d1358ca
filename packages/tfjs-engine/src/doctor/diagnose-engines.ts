import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import * as tf from '@tensorflow/tfjs';

import { engineNames, type EngineName } from '../engines/engine-name.js';
import { resolveOptional } from '../imports/import-optional.js';
import { describeCopies, findTfjsCopies } from '../engines/tfjs-copies.js';
import { useEngine } from '../engines/use-engine.js';
import { defaultCacheDirectory, findPreparedEngine, type PreparedEngine } from '../install/engine-cache.js';
import { thisMachine } from '../install/machine.js';
import { choosePrecision, type Precision } from '@fractura/tfjs-training';
import { vectorInstructions } from '@fractura/tfjs-training/native';
import { benchmarkEngine, type EngineSpeed } from './benchmark-engine.js';

/** An engine that was tried: what it is where it works, and why not where it does not. */
export interface EngineDiagnosis {
  engine: EngineName;
  works: boolean;
  version?: string;
  /** What it computes on, in words. */
  device?: string;
  speed?: EngineSpeed;
  reason?: string;
}

/** What works here, and why not what does not. */
export interface Diagnosis {
  machine: {
    node: string;
    platform: string;
    processor: string;
    cores: number;
    memoryGb: number;
    /** Version of the GNU C library; `none` on another platform or with another C library. */
    glibc: string;
    /** Such as avx2 and avx512_bf16, by their names in Linux; undefined where they cannot be told. */
    instructions: string[] | undefined;
  };
  versions: Record<string, string>;
  cacheDirectory: string;
  /** The native engine's folder, source and day; undefined where none is prepared or it is damaged. */
  prepared: Pick<PreparedEngine['manifest'], 'source' | 'device' | 'preparedAt'> | undefined;
  engines: EngineDiagnosis[];
  /** The engine taken when nothing else is said, and the precision that `auto` means on it. */
  chosen: { engine: EngineName; precision: Precision };
  /** Set where several copies of TensorFlow.js could be loaded. */
  copies: string | undefined;
}

/** Tries every engine, and measures those that work for about `seconds` each (default 2). */
export async function diagnoseEngines({ seconds = 2 }: { seconds?: number } = {}): Promise<Diagnosis> {
  const engines: EngineDiagnosis[] = [];
  for (const engine of engineNames) {
    engines.push(await diagnose(engine, seconds));
  }
  const { name } = await useEngine();
  const processors = cpus();
  const { glibc } = thisMachine();
  const native = preparedManifest();
  return {
    machine: {
      node: process.versions.node,
      platform: `${process.platform} ${process.arch} ${release()}`,
      processor: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      memoryGb: Math.round(totalmem() / 1e9),
      glibc: glibc ?? 'none',
      instructions: vectorInstructions(),
    },
    versions: {
      '@fractura/tfjs-engine': versionOf('@fractura/tfjs-engine') ?? 'unknown',
      '@tensorflow/tfjs': tf.version['tfjs-core'],
      ...Object.fromEntries(
        ['@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu', 'webgpu'].flatMap((optional) => {
          const version = versionOf(optional);
          return version === undefined ? [] : [[optional, version]];
        }),
      ),
      ...nativeVersions(native),
    },
    cacheDirectory: defaultCacheDirectory(),
    prepared: native && { source: native.source, device: native.device, preparedAt: native.preparedAt },
    engines,
    chosen: { engine: name, precision: choosePrecision('auto') },
    copies: describeCopies(findTfjsCopies()),
  };
}

function nativeVersions(native: PreparedEngine['manifest'] | undefined): Record<string, string> {
  return native ? { tensorflow: native.tensorflow, '@tensorflow/tfjs-node-gpu': native.binding } : {};
}

async function diagnose(engine: EngineName, seconds: number): Promise<EngineDiagnosis> {
  try {
    const { version, device } = await useEngine({ prefer: engine });
    return { engine, works: true, version, device, speed: await benchmarkEngine({ seconds }) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { engine, works: false, reason: words.replace(/^No engine works here\. \w+: /, '') };
  }
}

/** A damaged engine is the native engine's reason not to work, and no reason for the doctor to stop. */
function preparedManifest(): PreparedEngine['manifest'] | undefined {
  try {
    return findPreparedEngine()?.manifest;
  } catch {
    return undefined;
  }
}

/** The version of a package that this one or the program can load. */
function versionOf(name: string): string | undefined {
  const file = resolveOptional(`${name}/package.json`);
  return file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
