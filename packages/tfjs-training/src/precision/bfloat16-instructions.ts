import { flagsIn, processorFlags } from '../machine/processor-flags.js';

/** Instructions that compute with bfloat16 directly, by their names in /proc/cpuinfo. */
const instructions = ['avx512_bf16', 'amx_bf16'];

/**
 * The instructions of this processor for bfloat16 that TensorFlow's library uses; none where they cannot be told.
 *
 * Only x86 on Linux has them in TensorFlow's builds: those for arm64 and macOS convert bfloat16 to float32 and back, which is
 * slower than float32 alone.
 */
export function bfloat16Instructions(cpuinfo?: string): string[] {
  const flags = cpuinfo === undefined ? processorFlags() : flagsIn(cpuinfo);
  return instructions.filter((name) => flags?.has(name));
}
