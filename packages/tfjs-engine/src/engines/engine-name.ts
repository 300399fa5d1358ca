/** The engines of this package, fastest first. */
export const engineNames = ['native', 'webgpu', 'wasm', 'cpu'] as const;

/** `native` is TensorFlow's own C++ library, `webgpu` any GPU, `wasm` SIMD code, `cpu` plain JavaScript. */
export type EngineName = (typeof engineNames)[number];
