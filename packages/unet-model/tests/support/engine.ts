import { useEngine } from '@fractura/tfjs-engine';

/** The WebAssembly engine: always there, and it computes in a fixed order. */
export async function useWasm(): Promise<void> {
  await useEngine({ prefer: 'wasm' });
}

/** The plain JavaScript engine: slow, and right about the gradients of 3D convolutions. */
export async function useCpu(): Promise<void> {
  await useEngine({ prefer: 'cpu' });
}
