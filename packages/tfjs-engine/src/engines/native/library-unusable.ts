import { TfjsEngineError } from '../../errors.js';

/** What is said of a library that the loader refuses or that computes wrong; LD_LIBRARY_PATH is suspected where it is set. */
export function libraryUnusable(): { code: string; message: string; remedy: string } {
  const path = process.env.LD_LIBRARY_PATH;
  return {
    code: 'library-unusable',
    message: "TensorFlow's library does not run on this machine.",
    remedy:
      (path ? `LD_LIBRARY_PATH is ${path}: try without it, its libraries can stand in the way. ` : '') +
      'The engine "wasm" needs nothing.',
  };
}

/**
 * Runs what loads the library.
 *
 * @throws TfjsEngineError `library-unusable` with the loader's words.
 */
export function loadingLibrary<Loaded>(load: () => Loaded): Loaded {
  try {
    return load();
  } catch (cause) {
    const { message, ...details } = libraryUnusable();
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new TfjsEngineError(`${message}\n${words.replace(/\.$/, '')}.`, { ...details, cause });
  }
}
