import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { readNpz } from '@fractura/volume-io';
import { fractura } from '../support/fractura.js';
import { folderOf, modelOf, variants } from '../support/reference-models.js';

/** onnxruntime-node wants the typed arrays of Node's own realm, which a Jest environment replaces: the built program has them. */
const program = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const run = promisify(execFile);

const isInstalled = (() => {
  try {
    return createRequire(import.meta.url).resolve('onnxruntime-node') !== '';
  } catch {
    return false;
  }
})();

(isInstalled ? test : test.skip).each(variants)(
  'ONNX Runtime predicts the probabilities of real nnU-Net’s model %s as the engines do, within 1e-4',
  async (variant) => {
    const folder = await temporaryFolder();
    const predict = async (engine: string, ...options: string[]) => {
      const output = join(folder, engine);
      const { stderr } = await run(process.execPath, [
        ...[program, 'predict', '--engine', engine, '-i', join(folderOf(variant), 'imagesTs'), '-o', output],
        ...['-m', modelOf(variant), '--save_probabilities', ...options],
      ]);
      return { output, stderr };
    };
    const [wasm, onnx] = [await predict('wasm'), await predict('onnxruntime')];
    expect(onnx.stderr).toMatch(/Engine: onnxruntime \d+\.\d+/);
    for (const id of ['t1_plain', 't2_tiles', 't3_spacing', 't4_border']) {
      const [expected, found] = await Promise.all(
        [wasm, onnx].map(
          async ({ output }) => (await readNpz(join(output, `${id}.npz`))).get('probabilities')!.data as Float32Array,
        ),
      );
      expect(found).toHaveLength(expected.length);
      const largest = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
      expect(largest).toBeLessThan(1e-4);
      const [ours, theirs] = await Promise.all(
        [wasm, onnx].map(({ output }) => readFile(join(output, `${id}.nii.gz`))),
      );
      expect(theirs.equals(ours)).toBe(true);
    }
    await expect(predict('onnxruntime', '--precision', 'bfloat16')).rejects.toThrow('float32');
  },
  120_000,
);

test('an engine that is none is refused with those that are', async () => {
  const { status, errors } = await fractura('predict', '-i', 'a', '-o', 'b', '-m', 'c', '--engine', 'onnxruntim');
  expect({ status, errors }).toMatchObject({ status: 2, errors: expect.stringContaining('onnxruntime') as unknown });
});
