import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The parts of the native engine that a program loads. */
export interface NativeParts {
  /** The addon. */
  binding: string;
  /** The folder of tfjs-node's compiled JavaScript. */
  dist: string;
  /** The npm package they are of, with its version. */
  origin: string;
}

/** Finds a tfjs-node that the program has installed and whose own install script did work. */
export function findInstalledBinding(program = join(process.cwd(), 'package.json')): NativeParts | undefined {
  const places = [program, import.meta.url];
  for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']) {
    for (const place of places) {
      const folder = packageFolder(name, place);
      if (folder === undefined) {
        continue;
      }
      const binding = join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
      if (!existsSync(binding)) {
        continue;
      }
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
      return { binding, dist: join(folder, 'dist'), origin: `${name} ${version}` };
    }
  }
  return undefined;
}

function packageFolder(name: string, from: string): string | undefined {
  try {
    return dirname(createRequire(from).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
