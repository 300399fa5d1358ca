import { isMissing } from './is-missing.js';

/**
 * Why something failed, for use within a sentence: the first line of the error's message without its full stop, or "it does
 * not exist" for a missing file. libvips repeats its warnings, and sometimes gives none.
 */
export function reasonOf(error: unknown): string {
  if (isMissing(error)) {
    return 'it does not exist';
  }
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (line.startsWith('Warning treated as error')) {
    return 'the decoder gave a warning';
  }
  return line.replace(/^VipsJpeg: /, '').replace(/\.$/, '');
}
