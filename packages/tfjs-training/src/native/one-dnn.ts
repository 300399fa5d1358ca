import { processorFlags } from './processor-flags.js';

const switchName = 'TF_ENABLE_ONEDNN_OPTS';

/**
 * Whether this is an x86 processor with AVX2 and no AVX-512. TensorFlow leaves oneDNN off there, though its convolutions are
 * 1.1 to 2.5 times as fast as TensorFlow's own, all but some gradients with respect to the kernel.
 */
function hasAvx2Alone(): boolean {
  const flags = processorFlags();
  return process.arch === 'x64' && flags !== undefined && flags.has('avx2') && !flags.has('avx512f');
}

/** Turns oneDNN on where TensorFlow would not; to be called before the library loads. The user's own choice stands. */
export function turnOnOneDnn(): void {
  if (hasAvx2Alone()) {
    process.env[switchName] ??= '1';
  }
}

/** Whether oneDNN runs without AVX-512. */
export function oneDnnLacksAvx512(): boolean {
  return process.env[switchName] === '1' && hasAvx2Alone();
}
