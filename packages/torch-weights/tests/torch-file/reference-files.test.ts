import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { readTorchFile, type TorchTensor } from '../../src/index.js';
import { describeValue } from '../support/describe-value.js';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/torch-files/${name}`, import.meta.url));
const expected = JSON.parse(readFileSync(fixture('expected_pth.json'), 'utf8')) as Record<string, { content: unknown }>;

/** The reference's tree without what this package cannot tell: whole floats from ints, the bytes of a storage. */
const comparable = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => {
      if (key === 'storage_nbytes') {
        return undefined;
      }
      const node = value as { kind?: string; value?: unknown } | null;
      return node?.kind === 'float' || node?.kind === 'int' ? { kind: 'number', value: node.value } : value;
    }),
  );

test.each(Object.entries(expected))('%s decodes to what PyTorch wrote', async (name, { content }) => {
  expect(comparable(describeValue(await readTorchFile(fixture(name))))).toEqual(comparable(content));
});

test.each([
  ['unsafe_global.pth', 'constructor-refused', /__builtin__\.print/],
  ['unsafe_getattr.pth', 'constructor-refused', /__builtin__\.getattr/],
  ['truncated.pth', 'invalid-zip', /truncated\.pth/],
  ['not_a_checkpoint.pth', 'invalid-torch-file', /not_a_checkpoint\.pth/],
  ['short_storage.pth', 'invalid-torch-file', /its storage 0 has 20 bytes; 96 are needed/],
])('%s is refused with %s', async (name, code, message) => {
  await expect(readTorchFile(fixture(name))).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test.each([
  ['conjugated', 'complex64', [1, 2, 3, -4, -5, 0.5, 0, 6]],
  ['negated', 'float32', [-1, -0.5, 2, 0, -3, -8]],
  ['negated_int', 'int64', [-1n, 2n, -3n]],
  ['both', 'complex64', [-1, 2, -3, -4, 5, 0.5, -0, 6]],
])('what PyTorch has lazily %s is read as PyTorch resolves it', async (name, dtype, data) => {
  const tensor = ((await readTorchFile(fixture(`lazily_${name}.pth`))) as Map<string, TorchTensor>).get(name)!;
  expect(tensor.dtype).toBe(dtype);
  expect([...tensor.data]).toEqual(data);
});
