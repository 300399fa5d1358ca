import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { encodeNpy, readNpy, readNpz } from '../../src/index.js';

interface Golden {
  shape: number[];
  fortran: boolean;
  data: (number | string)[];
  bytes: string;
}
const golden = JSON.parse(readFileSync(new URL('../fixtures/numpy.json', import.meta.url), 'utf8')) as {
  arrays: Record<string, Golden>;
  npz: { expected: Record<string, number[]>; stored: string; deflated: string };
  objects: string;
};
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

describe('files by numpy', () => {
  test.each(Object.entries(golden.arrays))('%s is read', async (_, { bytes, shape, fortran, data }) => {
    const read = await readNpy(bytesOf(bytes));
    expect(read.shape).toEqual(shape);
    expect(read.fortranOrder).toBe(fortran);
    expect(Array.from(read.data as ArrayLike<number | bigint>, (value) => String(value))).toEqual(data.map(String));
  });

  const ours = Object.entries(golden.arrays).filter(([name]) => !/^be_|^version/.test(name));
  test.each(ours)('%s is written byte for byte', async (_, { bytes }) => {
    const file = bytesOf(bytes);
    expect(Buffer.from(encodeNpy(await readNpy(file))).equals(Buffer.from(file))).toBe(true);
  });

  test.each(['stored', 'deflated'] as const)('an archive of %s arrays is read', async (kind) => {
    const arrays = await readNpz(bytesOf(golden.npz[kind]));
    expect([...arrays.keys()]).toEqual(['softmax', 'seg']);
    expect(arrays.get('softmax')!.dtype).toBe('float16');
    for (const [name, data] of Object.entries(golden.npz.expected)) {
      expect(Array.from(arrays.get(name)!.data as ArrayLike<number>)).toEqual(data);
    }
  });

  test('pickled objects are refused, not executed', async () => {
    await expect(readNpy(bytesOf(golden.objects))).rejects.toMatchObject({ code: 'unsupported-dtype' });
  });
});
