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
  for (const place of [import.meta.url, join(process.cwd(), 'package.json')]) {
    let path: string;
    try {
      path = createRequire(place).resolve(name);
    } catch {
      continue;
    }
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  }
  throw new TfjsEngineError(`the package ${name} is not installed`, {
    code: 'package-absent',
    remedy: `Install it: npm install ${together.join(' ')}`,
  });
}
