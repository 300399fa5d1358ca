import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One copy of TensorFlow.js's core on the disk that this program can load. */
export interface TfjsCopy {
  version: string;
  /** Its folder. */
  folder: string;
  /** Who loads it. */
  usedBy: string[];
}

const core = '@tensorflow/tfjs-core';
const users = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'];

/**
 * The copies of `@tensorflow/tfjs-core` that the program, this package and the engines would load. There should be one: tensors
 * and kernels of another version do not fit together.
 */
export function findTfjsCopies(program = mainScript()): TfjsCopy[] {
  const copies = new Map<string, TfjsCopy>();
  const places = [
    ['the program', program],
    ['@fractura/tfjs-engine', import.meta.url],
  ] as const;
  for (const [who, place] of places) {
    for (const name of users) {
      const user = resolve(`${name}/package.json`, place);
      const found = user === undefined ? undefined : resolve(`${core}/package.json`, user);
      if (found === undefined) {
        continue;
      }
      const folder = dirname(found);
      const { version } = JSON.parse(readFileSync(found, 'utf8')) as { version: string };
      const copy = copies.get(folder) ?? { version, folder, usedBy: [] };
      copy.usedBy.push(`${name} of ${who}`);
      copies.set(folder, copy);
    }
  }
  return [...copies.values()];
}

/** Where the running program resolves its packages from; the working directory may be another project. */
function mainScript(): string {
  const script = process.argv[1];
  return script !== undefined && existsSync(script) ? realpathSync(script) : join(process.cwd(), 'package.json');
}

/** What to say of several copies; undefined of one. */
export function describeCopies(copies: TfjsCopy[]): string | undefined {
  if (copies.length < 2) {
    return undefined;
  }
  const list = copies.map(({ version, folder, usedBy }) => `${version} in ${folder} (${usedBy.join(', ')})`);
  return `There are ${copies.length} copies of ${core}: ${list.join('; ')}. Install one version of TensorFlow.js only.`;
}

function resolve(name: string, from: string): string | undefined {
  try {
    return realpathSync(createRequire(from).resolve(name));
  } catch {
    return undefined;
  }
}
