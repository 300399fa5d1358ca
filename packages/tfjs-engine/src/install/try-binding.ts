import { join } from 'node:path';
import { runTool } from '@fractura/pinned-downloads';
import { fusedOperationsAddon } from '../engines/native/load-fused-operations.js';
import { libraryUnusable } from '../engines/native/library-unusable.js';
import { TfjsEngineError } from '../errors.js';

/** Loads the addons, multiplies [[1, 2], [3, 4]] with itself and normalises [1, 3]. */
const script = `
try {
  const load = (file) => {
    const loaded = { exports: {} };
    process.dlopen(loaded, file);
    return loaded.exports;
  };
  const b = load(process.argv[1]);
  load(process.argv[2]);
  const id = b.createTensor([2, 2], b.TF_FLOAT, new Float32Array([1, 2, 3, 4]));
  const no = (name) => ({ name, type: b.TF_ATTR_BOOL, value: false });
  const type = { name: 'T', type: b.TF_ATTR_TYPE, value: b.TF_FLOAT };
  const [product] = b.executeOp('MatMul', [no('transpose_a'), no('transpose_b'), type], [id, id], 1);
  const types = [type, { ...type, name: 'U' }];
  const floats = Object.entries({ epsilon: 0, slope: 1 }).map(([name, value]) => ({ name, type: b.TF_ATTR_FLOAT, value }));
  const given = [[[1, 2, 1], [1, 3]], [[1], [1]], [[1], [0]]];
  const ids = given.map(([shape, numbers]) => b.createTensor(shape, b.TF_FLOAT, new Float32Array(numbers)));
  const [normalised] = b.executeOp('FracturaNormalise', [...types, ...floats], ids, 3);
  const numbers = [product, normalised].map(({ id }) => [...b.tensorDataSync(id)]);
  console.log(JSON.stringify({ version: b.TF_Version, numbers }));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
`;

/**
 * Loads freshly built addons and computes with them in a process of its own, where a crash does no harm; gives the version of
 * the library.
 *
 * @throws TfjsEngineError `library-unusable`
 */
export async function tryBinding(folder: string, signal?: AbortSignal): Promise<string> {
  const words = libraryUnusable();
  const output = await runTool(
    {
      command: process.execPath,
      signal,
      missing: words,
      failed: words,
      args: ['-e', script, ...['tfjs_binding.node', fusedOperationsAddon].map((name) => join(folder, name))],
      env: { TF_CPP_MIN_LOG_LEVEL: '3', NODE_OPTIONS: '' },
    },
    TfjsEngineError,
  );
  const last = output.trim().split('\n').at(-1) ?? '{}';
  const { version, numbers } = JSON.parse(last) as { version: string; numbers: number[][] };
  if (JSON.stringify(numbers) === '[[7,10,15,22],[-1,1]]') {
    return version;
  }
  throw new TfjsEngineError(`${words.message}\nA product and a norm gave ${JSON.stringify(numbers)}.`, words);
}
