export { deriveEpochSeed, deriveSeed } from './derive-seed.js';
export { drawsFrom, type Draws } from './draws.js';
