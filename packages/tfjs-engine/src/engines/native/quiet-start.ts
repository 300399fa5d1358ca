import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** An addon beside the binding. */
export const quietStartAddon = 'quiet_start.node';

/** The name of its source, which only compiling needs. */
export const quietStartFile = 'quiet_start.cc';

/** Its source: standard error goes nowhere between `mute` and `unmute`, which Node itself cannot do. */
export const quietStartSource = `
#include <fcntl.h>
#include <unistd.h>
#include <node_api.h>

static int kept = -1;

static napi_value mute(napi_env, napi_callback_info) {
  int nowhere = open("/dev/null", O_WRONLY);
  if (kept >= 0 || nowhere < 0) return nullptr;
  kept = dup(2);
  dup2(nowhere, 2);
  close(nowhere);
  return nullptr;
}

static napi_value unmute(napi_env, napi_callback_info) {
  if (kept < 0) return nullptr;
  dup2(kept, 2);
  close(kept);
  kept = -1;
  return nullptr;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "mute", NAPI_AUTO_LENGTH, mute, nullptr, &function);
  napi_set_named_property(env, exports, "mute", function);
  napi_create_function(env, "unmute", NAPI_AUTO_LENGTH, unmute, nullptr, &function);
  napi_set_named_property(env, exports, "unmute", function);
  return exports;
}
`;

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
  if (process.env.TF_CPP_MIN_LOG_LEVEL === '0' || !existsSync(addon)) return load();
  const { mute, unmute } = createRequire(import.meta.url)(addon) as QuietStart;
  mute();
  try {
    return load();
  } finally {
    unmute();
  }
}
