import { mutate, type Draw } from '@fractura/testing';

const types = ["'<f4'", "'|O'", "'<f8'", "'>i2'", "'<c16'", "'<U5'", "'|b1'", "'<f2'", "[('a', '<f4')]", "''", '3'];
const shapes = [
  '()',
  '(0,)',
  '(3,)',
  '(-1,)',
  '(99999999999999999999,)',
  '(4294967296, 4294967296)',
  '(2L, 3)',
  '3',
  '(,)',
];

/** An NPY file of version 1 with another type, order or shape in its header, of the right length. */
export function mutateNpy(sound: Uint8Array, draw: Draw): Uint8Array {
  const bytes = Buffer.from(sound);
  const end = 10 + bytes.readUInt16LE(8);
  let text = bytes.subarray(10, end).toString('latin1');
  for (let change = draw(2); change >= 0; change -= 1) {
    text = [
      text.replace(/('descr': )[^,]*,/, (_, key: string) => `${key}${types[draw(types.length)]},`),
      text.replace(/('shape': )\([^)]*\)/, (_, key: string) => `${key}${shapes[draw(shapes.length)]}`),
      text.replace(/True|False/, () => ['True', 'False', 'None', '1'][draw(4)]),
      Buffer.from(mutate(Buffer.from(text, 'latin1'), draw)).toString('latin1'),
    ][draw(4)];
  }
  const front = Buffer.from(bytes.subarray(0, 10));
  front.writeUInt16LE(text.length % 65536, 8);
  return Buffer.concat([front, Buffer.from(text, 'latin1'), bytes.subarray(end)]);
}
