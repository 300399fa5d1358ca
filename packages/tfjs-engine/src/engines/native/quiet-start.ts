import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** An addon beside the binding, see `native/quiet_start.cc`. */
export const quietStartAddon = 'quiet_start.node';

interface QuietStart {
  mute: () => void;
  unmute: () => void;
}

/**
 * Loads the binding without a word. TensorFlow's library writes that oneDNN is on as it is being loaded, and heeds
 * TF_CPP_MIN_LOG_LEVEL only after that. With level 0 it may speak, and where the engine was prepared without the addon.
 */
export function loadQuietly<T>(binding: string, load: () => T): T {
  const addon = join(dirname(binding), quietStartAddon);
  if (process.env.TF_CPP_MIN_LOG_LEVEL === '0' || !existsSync(addon)) {
    return load();
  }
  const { mute, unmute } = createRequire(import.meta.url)(addon) as QuietStart;
  mute();
  try {
    return load();
  } finally {
    unmute();
  }
}
