import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This package's C++ sources. Its code lies in `dist` when installed, deeper in `src` when not: the folder is looked for upwards. */
export function nativeSource(file: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, 'native', file);
    if (existsSync(path) || folder === dirname(folder)) {
      return path;
    }
  }
}
