export { benchmarkEngine, type EngineSpeed } from './doctor/benchmark-engine.js';
export type { EngineInUse } from './engines/take-engine.js';
export {
  pageEngineNames,
  useEngine,
  type PageEngineName,
  type UsePageEngineOptions,
} from './engines/use-engine-in-page.js';
export { TfjsEngineError } from './errors.js';
