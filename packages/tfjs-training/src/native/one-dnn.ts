const slot = Symbol.for('@fractura/tfjs-training.one-dnn-without-avx512');
const shared = globalThis as { [slot]?: boolean };

/** Whether oneDNN runs on a processor without AVX-512, where some of its kernels fall behind TensorFlow's own. */
export const oneDnnLacksAvx512 = (): boolean => shared[slot] === true;

/** Tells this package, in its ES module and CommonJS builds, that the engine has turned oneDNN on without AVX-512. */
export function announceOneDnnWithoutAvx512(): void {
  shared[slot] = true;
}
