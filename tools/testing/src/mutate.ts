/** Draws a whole number of at least 0 and below `below`. */
export type Draw = (below: number) => number;

/** Draws that are the same in every run: Marsaglia's xorshift. */
export function drawsOf(seed: number): Draw {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Bytes that headers stumble over as numbers: signs, limits, NaN, infinities, one bit, nothing. */
const traps = [
  [0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0x00, 0x00, 0xc0, 0x7f],
  [0x00, 0x00, 0x80, 0xff],
  [0, 0, 0, 0x80],
  [0, 0, 0, 0],
];

/** Bytes at the front of a file that most changes fall into: the headers of NIfTI, NPY and images. */
const front = 560;

/** A damaged copy of a file, with one to four changes: a bit, a byte, a number, its end cut off, a piece taken out. */
export function mutate(sound: Uint8Array, draw: Draw): Uint8Array {
  let bytes = new Uint8Array(sound);
  for (let change = draw(4); change >= 0; change -= 1) {
    const at = draw(3) === 0 ? draw(bytes.length) : draw(Math.min(bytes.length, front));
    switch (draw(5)) {
      case 0:
        bytes[at] ^= 1 << draw(8);
        break;
      case 1:
        bytes[at] = draw(256);
        break;
      case 2:
        bytes.set(traps[draw(traps.length)].slice(0, bytes.length - at), at);
        break;
      case 3:
        bytes = bytes.slice(0, Math.max(1, at));
        break;
      default:
        bytes = new Uint8Array(Buffer.concat([bytes.subarray(0, at), bytes.subarray(draw(at + 1))]));
    }
  }
  return bytes;
}
