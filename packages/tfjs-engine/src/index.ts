export { benchmarkEngine, type EngineSpeed } from './doctor/benchmark-engine.js';
export { diagnoseEngines, type Diagnosis, type EngineDiagnosis } from './doctor/diagnose-engines.js';
export { engineNames, type EngineName } from './engines/engine-name.js';
export type { EngineInUse } from './engines/take-engine.js';
export { useEngine, type UseEngineOptions } from './engines/use-engine.js';
export { TfjsEngineError } from './errors.js';
export { importOptional } from './imports/import-optional.js';
export {
  defaultCacheDirectory,
  findPreparedEngine,
  type EngineManifest,
  type PlacedFile,
  type PreparedEngine,
} from './install/engine-cache.js';
export type { NativeDevice } from './install/machine.js';
export { prepareEngine, type PrepareResult } from './install/prepare-engine.js';
export type { PrepareEngineOptions, PrepareProgress } from './install/prepare-options.js';
export { uninstallEngine } from './install/uninstall-engine.js';
