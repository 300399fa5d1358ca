import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TfjsEngineError } from '../errors.js';

/**
 * Imports a package that need not be there, as this package sees it, else as the program does.
 *
 * @param together the packages to install where it is absent; default itself alone.
 * @throws TfjsEngineError `package-absent`
 */
export async function importOptional(name: string, together = [name]): Promise<Record<string, unknown>> {
  const path = resolveOptional(name);
  if (path !== undefined) {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  }
  throw new TfjsEngineError(`The package ${name} is not installed.`, {
    code: 'package-absent',
    remedy: `Install it with \`npm install ${together.join(' ')}\`.`,
  });
}

/** The file of a package, or of a path within one, as this package sees it, else as the program does. */
export function resolveOptional(name: string): string | undefined {
  for (const place of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      return createRequire(place).resolve(name);
    } catch {
      // Not seen from here.
    }
  }
  return undefined;
}
