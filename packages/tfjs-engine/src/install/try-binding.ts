import { join } from 'node:path';
import { libraryUnusable } from '../engines/native/library-unusable.js';
import { TfjsEngineError } from '../errors.js';
import { runTool } from './run-tool.js';

/** Loads the binding and multiplies [[1, 2], [3, 4]] with itself. */
const script = `
try {
  const loaded = { exports: {} };
  process.dlopen(loaded, process.argv[1]);
  const b = loaded.exports;
  const id = b.createTensor([2, 2], b.TF_FLOAT, new Float32Array([1, 2, 3, 4]));
  const no = (name) => ({ name, type: b.TF_ATTR_BOOL, value: false });
  const type = { name: 'T', type: b.TF_ATTR_TYPE, value: b.TF_FLOAT };
  const [product] = b.executeOp('MatMul', [no('transpose_a'), no('transpose_b'), type], [id, id], 1);
  console.log(JSON.stringify({ version: b.TF_Version, product: [...b.tensorDataSync(product.id)] }));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
`;

/**
 * Loads a freshly built binding and computes with it in a process of its own, where a crash does no harm; gives the version of
 * the library.
 *
 * @throws TfjsEngineError `library-unusable`
 */
export async function tryBinding(folder: string, signal?: AbortSignal): Promise<string> {
  const words = libraryUnusable();
  const output = await runTool({
    ...{ command: process.execPath, signal, missing: words, failed: words },
    args: ['-e', script, join(folder, 'tfjs_binding.node')],
    env: { TF_CPP_MIN_LOG_LEVEL: '3', NODE_OPTIONS: '' },
  });
  const last = output.trim().split('\n').at(-1) ?? '{}';
  const { version, product } = JSON.parse(last) as { version: string; product: number[] };
  if (JSON.stringify(product) === '[7,10,15,22]') return version;
  throw new TfjsEngineError(`${words.message}\nA matrix product gave ${JSON.stringify(product)}.`, words);
}
