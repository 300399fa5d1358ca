import { convolveLinesModule } from './convolve-lines.wasm.js';
import type { Taps } from './lanczos-taps.js';

/** Fixed-point digits of an 8-bit weight, as Pillow chooses them: 32 bits less 8 of the pixel and 2 of headroom. */
const precisionBits = 22;

/** Lines are convolved in bands of about this many bytes, so that a band stays in the processor's cache. */
const bandBytes = 2 ** 18;

/** Pixels that one step of the module takes; the last step of a line may read beyond it, with weights of zero. */
const blockPixels = 8;

/** What is used of a global that every Node has, but whose types come with browsers only. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

interface ConvolveModule {
  memory: { buffer: ArrayBuffer; grow: (pages: number) => number };
  convolve: (
    source: number,
    target: number,
    lines: number,
    lineStep: number,
    outputs: number,
    firsts: number,
    weights: number,
    blocks: number,
  ) => void;
}

let loaded: ConvolveModule | undefined;

function load(): ConvolveModule {
  if (!loaded) {
    const module = new WebAssembly.Module(Buffer.from(convolveLinesModule, 'base64'));
    loaded = new WebAssembly.Instance(module).exports as ConvolveModule;
  }
  return loaded;
}

/**
 * Convolves every line of an 8-bit image, with Pillow's fixed-point arithmetic, and transposes it.
 *
 * @param data `lines` lines of `length` pixels.
 * @returns an image of `lines` columns, in whose rows are the target pixels.
 */
export function convolveLines(data: Uint8Array, lines: number, length: number, taps: Taps): Uint8Array {
  const { memory, convolve } = load();
  const outputs = taps.first.length;
  const { packed, blocks } = packedWeights(taps);
  const bandLines = Math.min(lines, Math.max(1, Math.floor(bandBytes / length)));

  const weightsAt = 0;
  const firstsAt = weightsAt + packed.byteLength;
  const targetAt = firstsAt + taps.first.byteLength;
  const sourceAt = targetAt + outputs * bandLines;
  const bytes = sourceAt + bandLines * length + blockPixels;
  if (bytes > memory.buffer.byteLength) memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / 2 ** 16));
  const space = new Uint8Array(memory.buffer);
  space.set(new Uint8Array(packed.buffer), weightsAt);
  space.set(new Uint8Array(taps.first.buffer), firstsAt);

  const target = new Uint8Array(outputs * lines);
  for (let line = 0; line < lines; line += bandLines) {
    const count = Math.min(bandLines, lines - line);
    space.set(data.subarray(line * length, (line + count) * length), sourceAt);
    convolve(sourceAt, targetAt, count, length, outputs, firstsAt, weightsAt, blocks);
    for (let i = 0; i < outputs; i += 1) {
      const from = targetAt + i * count;
      target.set(space.subarray(from, from + count), i * lines + line);
    }
  }
  return target;
}

interface PackedWeights {
  packed: Int16Array;
  /** Blocks of each target pixel. */
  blocks: number;
}

/** Images of one size share their taps, and so what is made of them. */
const packedOf = new WeakMap<Taps, PackedWeights>();

function packedWeights(taps: Taps): PackedWeights {
  const known = packedOf.get(taps);
  if (known) return known;
  const packed = packWeights(taps);
  packedOf.set(taps, packed);
  return packed;
}

const weightOfOne = 2 ** precisionBits;

/** Weights in blocks of eight: eight high halves, then eight low halves of eleven bits. */
function packWeights({ first, length, weights, most }: Taps): PackedWeights {
  const blocks = Math.ceil(length.reduce((longest, count) => Math.max(longest, count), 1) / blockPixels);
  const packed = new Int16Array(first.length * blocks * 2 * blockPixels);
  for (let i = 0; i < first.length; i += 1)
    for (let k = 0; k < length[i]; k += 1) {
      const weight = weights[i * most + k];
      const fixed = Math.trunc(weight * weightOfOne + (weight < 0 ? -0.5 : 0.5));
      const at = (i * blocks + Math.floor(k / blockPixels)) * 2 * blockPixels + (k % blockPixels);
      packed[at] = fixed >> 11;
      packed[at + blockPixels] = fixed & 0x7ff;
    }
  return { packed, blocks };
}
