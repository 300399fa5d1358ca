import { useEngine } from '@fractura/tfjs-engine';

/** The WebAssembly engine: always there, and it computes in a fixed order. */
export async function useWasm(): Promise<void> {
  await useEngine({ prefer: 'wasm' });
}
