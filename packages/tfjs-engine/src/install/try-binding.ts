import { join } from 'node:path';
import { runTool } from './run-tool.js';

const script = `
const module_ = { exports: {} };
process.dlopen(module_, process.argv[1]);
console.log(JSON.stringify({ version: module_.exports.TF_Version }));
`;

/**
 * Loads a freshly built binding in a process of its own, where a crash does no harm.
 *
 * @throws TfjsEngineError `library-unusable`: AVX or a newer glibc missing, conflicting libraries on LD_LIBRARY_PATH.
 */
export async function tryBinding(folder: string, signal?: AbortSignal): Promise<string> {
  const words = {
    code: 'library-unusable',
    message: "TensorFlow's library does not load on this machine.",
    remedy:
      'It needs a processor with AVX and glibc 2.27 or newer; libraries named in LD_LIBRARY_PATH can stand in its way. ' +
      'The engine "wasm" needs nothing.',
  };
  const output = await runTool({
    ...{ command: process.execPath, signal, missing: words, failed: words },
    args: ['-e', script, join(folder, 'tfjs_binding.node')],
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  return (JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as { version: string }).version;
}
