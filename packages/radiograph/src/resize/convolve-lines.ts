import { convolveLinesModule } from './convolve-lines.wasm.js';
import type { Taps } from './filter-taps.js';
import { WasmModule } from '../wasm/wasm-module.js';

/** Fixed-point digits of an 8-bit weight, as Pillow chooses them: 32 bits less 8 of the pixel and 2 of headroom. */
const precisionBits = 22;

/** Lines are convolved in bands of about this many bytes, so that a band stays in the processor's cache. */
const bandBytes = 2 ** 18;

/** Pixels that one step of the module takes; the last step of a line may read beyond it, with weights of zero. */
const blockPixels = 8;

/** Lines that one step of the module takes; the last step may read beyond the last line, and what it makes of that is left out. */
const stepLines = 4;

interface Convolver {
  convolve: (
    source: number,
    target: number,
    lines: number,
    lineStep: number,
    outputs: number,
    outputStep: number,
    firsts: number,
    weights: number,
    blocks: number,
  ) => void;
}

const convolver = new WasmModule<Convolver>(convolveLinesModule);

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;

/**
 * Convolves every line of an 8-bit image, with Pillow's fixed-point arithmetic, and transposes it.
 *
 * @param data `lines` lines of `length` pixels.
 * @returns an image of `lines` columns, in whose rows are the target pixels.
 */
export function convolveLines(data: Uint8Array, lines: number, length: number, taps: Taps): Uint8Array {
  const outputs = taps.first.length;
  const { packed, blocks } = packedWeights(taps);
  const bandLines = roundUp(Math.min(lines, Math.floor(bandBytes / length)) || 1, stepLines);
  const outputStep = roundUp(lines, stepLines);

  const weightsAt = 0;
  const firstsAt = weightsAt + packed.byteLength;
  const targetAt = firstsAt + taps.first.byteLength;
  const sourceAt = targetAt + outputs * outputStep;
  const bytes = convolver.space(sourceAt + bandLines * length + blockPixels);
  bytes.set(new Uint8Array(packed.buffer), weightsAt);
  bytes.set(new Uint8Array(taps.first.buffer), firstsAt);

  for (let line = 0; line < lines; line += bandLines) {
    const count = Math.min(bandLines, lines - line);
    bytes.set(data.subarray(line * length, (line + count) * length), sourceAt);
    const steps = roundUp(count, stepLines);
    convolver.functions.convolve(
      sourceAt,
      targetAt + line,
      steps,
      length,
      outputs,
      outputStep,
      firstsAt,
      weightsAt,
      blocks,
    );
  }
  if (outputStep === lines) {
    return bytes.slice(targetAt, targetAt + outputs * lines);
  }
  const target = new Uint8Array(outputs * lines);
  for (let i = 0; i < outputs; i += 1) {
    const from = targetAt + i * outputStep;
    target.set(bytes.subarray(from, from + lines), i * lines);
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
  if (known) {
    return known;
  }
  const packed = packWeights(taps);
  packedOf.set(taps, packed);
  return packed;
}

const weightOfOne = 2 ** precisionBits;

/** Weights in blocks of eight: eight high halves, then eight low halves of eleven bits. */
function packWeights({ first, length, weights, most }: Taps): PackedWeights {
  const blocks = Math.ceil(length.reduce((longest, count) => Math.max(longest, count), 1) / blockPixels);
  const packed = new Int16Array(first.length * blocks * 2 * blockPixels);
  for (let i = 0; i < first.length; i += 1) {
    for (let k = 0; k < length[i]; k += 1) {
      const weight = weights[i * most + k];
      const fixed = Math.trunc(weight * weightOfOne + (weight < 0 ? -0.5 : 0.5));
      const at = (i * blocks + Math.floor(k / blockPixels)) * 2 * blockPixels + (k % blockPixels);
      packed[at] = fixed >> 11;
      packed[at + blockPixels] = fixed & 0x7ff;
    }
  }
  return { packed, blocks };
}
