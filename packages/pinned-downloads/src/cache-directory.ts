import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where downloads are kept when nothing else is said: `FRACTURA_CACHE`, else `fractura` in the user's cache folder. */
export function cacheDirectoryOf(environment: Readonly<Record<string, string | undefined>>): string {
  const { FRACTURA_CACHE: own, XDG_CACHE_HOME: cache } = environment;
  if (own) {
    return own;
  }
  const mac = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : undefined;
  return join(cache ?? mac ?? join(homedir(), '.cache'), 'fractura');
}

/** What to do about a disk that is full. */
export const spaceRemedy = 'Free some space, or name another folder in FRACTURA_CACHE.';
