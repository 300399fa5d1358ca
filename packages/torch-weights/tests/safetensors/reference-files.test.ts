import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeSafetensors, readSafetensors, toFloat32, type Tensor } from '../../src/index.js';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/torch-files/${name}`, import.meta.url));

type Value = number | { float: string } | { bigint: string } | { complex: [Value, Value] } | boolean;
interface Expected {
  metadata: Record<string, string> | null;
  tensors: Record<string, { shape: number[]; values: Value[] }>;
}
const expected = JSON.parse(readFileSync(fixture('expected_safetensors.json'), 'utf8')) as Record<string, Expected>;

const numberOf = (value: Value): number | bigint => {
  if (typeof value === 'object') {
    if ('float' in value) {
      return Number(value.float);
    }
    if ('bigint' in value) {
      return BigInt(value.bigint);
    }
    throw new Error('not a number');
  }
  return Number(value);
};

const valuesOf = ({ dtype, data }: Tensor): (number | bigint)[] => {
  const reduced = dtype.startsWith('float') && dtype !== 'float32' && dtype !== 'float64';
  return [...(reduced || dtype === 'bfloat16' ? toFloat32({ dtype, data }) : data)];
};

describe.each(Object.entries(expected))('%s', (name, { metadata, tensors }) => {
  test('decodes to what the safetensors library wrote', async () => {
    const read = await readSafetensors(fixture(name));
    expect(read.metadata ?? null).toEqual(metadata);
    expect([...read.tensors.keys()].sort()).toEqual(Object.keys(tensors).sort());
    for (const [key, { shape, values }] of Object.entries(tensors)) {
      const tensor = read.tensors.get(key);
      expect(tensor?.shape).toEqual(shape);
      const numbers = valuesOf(tensor!);
      expect(numbers).toHaveLength(values.length);

      values.forEach((value, i) => {
        const wanted = numberOf(value);
        expect(typeof wanted === 'bigint' ? numbers[i] : Number(numbers[i])).toBe(wanted);
      });
    }
  });

  test('encodes to the same bytes', async () => {
    const { tensors: read, metadata: told } = await readSafetensors(fixture(name));
    const encoded = encodeSafetensors(read, told === undefined ? {} : { metadata: told });
    expect(Buffer.compare(encoded, readFileSync(fixture(name)))).toBe(0);
  });
});

test.each([
  ['bad_header_length', 'invalid-safetensors'],
  ['bad_truncated', 'invalid-safetensors'],
  ['bad_not_json', 'invalid-safetensors'],
  ['bad_offsets', 'invalid-safetensors'],
  ['bad_shape', 'invalid-safetensors'],
  ['bad_dtype', 'unsupported-dtype'],
  ['bad_trailing_bytes', 'invalid-safetensors'],
])('%s is refused', async (name, code) => {
  await expect(readSafetensors(fixture(`${name}.safetensors`))).rejects.toMatchObject({
    name: 'TorchWeightsError',
    code,
  });
});
