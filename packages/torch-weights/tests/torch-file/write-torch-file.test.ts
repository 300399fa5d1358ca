import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import {
  encodeTorchFile,
  OrderedDict,
  readStateDict,
  readTorchFile,
  TorchTensor,
  type PythonInput,
} from '../../src/index.js';
import { PythonFloat } from '@fractura/python-compat';
import { describeValue } from '../support/describe-value.js';

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/torch-files/${name}.pth`, import.meta.url)));

const roundTrip = (value: PythonInput) => readTorchFile(encodeTorchFile(value));

/** Written tensors are dense and have storages of their own; numpy's scalars become Python's numbers. */
const withoutLayout = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => {
      if (['stride', 'storage_offset', 'storage_id'].includes(key)) {
        return undefined;
      }
      const node = value as { kind?: string; dtype?: string; value?: unknown } | null;
      if (node?.kind !== 'numpy_scalar') {
        return value;
      }
      return { kind: Number.isInteger(node.value) ? 'int' : 'float', value: node.value };
    }),
  );

test.each(['dtypes', 'views', 'module_state_dict', 'parameter', 'nnunet_like_checkpoint', 'single_tensor', 'legacy'])(
  'what %s.pth holds comes back after writing it',
  async (name) => {
    const value = await readTorchFile(fixture(name));
    const again = await roundTrip(value);
    expect(withoutLayout(describeValue(again))).toEqual(withoutLayout(describeValue(value)));
  },
);

test('numbers of every size, texts, bytes, element types and shared objects come back', async () => {
  const shared = [1, 'ü'];
  const weights = Float32Array.of(1, 2);
  const value = await roundTrip({
    ints: [0, -129, 2 ** 40, 2n ** 70n, -(2n ** 64n)],
    floats: [0.1, -0, Infinity, new PythonFloat(3)],
    bytes: [Uint8Array.of(0, 255), new Uint8Array(0)],
    shared: [shared, shared],
    f8: { dtype: 'float8_e4m3fn', shape: [2], data: Uint8Array.of(0x38, 0x40) },
    u64: { shape: [1], data: BigUint64Array.of(2n ** 63n) },
    views: [
      { shape: [2], data: weights },
      { shape: [1, 2], data: weights },
    ],
  });
  const map = value as Map<string, unknown>;
  expect(map.get('ints')).toEqual([0, -129, 2 ** 40, 2n ** 70n, -(2n ** 64n)]);
  expect(map.get('floats')).toEqual([0.1, -0, Infinity, 3]);
  expect(map.get('bytes')).toEqual([Uint8Array.of(0, 255), new Uint8Array(0)]);
  const [first, second] = map.get('shared') as unknown[];
  expect(first).toEqual(shared);
  expect(second).toBe(first);
  expect(map.get('f8')).toMatchObject({ dtype: 'float8_e4m3fn', shape: [2], data: Uint8Array.of(0x38, 0x40) });
  expect(map.get('u64')).toMatchObject({ dtype: 'uint64', data: BigUint64Array.of(2n ** 63n) });
  const [a, b] = map.get('views') as [TorchTensor, TorchTensor];
  expect(b.data.buffer).toBe(a.data.buffer);
});

test('a list may hold itself', async () => {
  const list: PythonInput[] = [];
  list.push(list);
  const again = (await roundTrip(list)) as unknown[];
  expect(again[0]).toBe(again);
});

test.each<[string, PythonInput, string]>([
  ['a function', { run: () => 1 }, 'cannot hold the value["run"]: it is a function'],
  ['a date', [new Date(0)], 'cannot hold the value[0]: it is a Date'],
  ['a tensor whose shape is wrong', { w: { shape: [3], data: Float32Array.of(1) } }, 'the value["w"]'],
])('%s is refused, with its place', (_, value, message) => {
  expect(() => encodeTorchFile(value)).toThrow(message);
});

test('a state dict is found by itself, under the usual keys, and by its name', async () => {
  const weights = new OrderedDict([['w', new Map()]]);
  expect((await readStateDict(fixture('module_state_dict'))).size).toBeGreaterThan(1);
  expect([...(await readStateDict(fixture('nnunet_like_checkpoint'))).keys()]).toContain('0.weight');
  const two = encodeTorchFile({
    ema: { w: { shape: [1], data: Float32Array.of(2) } },
    raw: { w: { shape: [1], data: Float32Array.of(1) } },
  });
  expect((await readStateDict(two, { key: 'ema' })).get('w')!.data).toEqual(Float32Array.of(2));
  await expect(readStateDict(two)).rejects.toMatchObject({
    code: 'no-state-dict',
    message: expect.stringContaining('ema, raw'),
  });
  await expect(readStateDict(encodeTorchFile(weights))).rejects.toMatchObject({ code: 'no-state-dict' });
});
