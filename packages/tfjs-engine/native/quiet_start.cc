// Standard error goes nowhere between mute() and unmute(), which Node itself cannot do.
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

static int kept = -1;

static napi_value mute(napi_env, napi_callback_info) {
  const int nowhere = open("/dev/null", O_WRONLY);
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
