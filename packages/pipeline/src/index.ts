export { PipelineError } from './errors.js';
export { program } from './program.js';
export type { Manifest } from './run/manifest.js';
export type { RunPaths } from './run/run-paths.js';
export { runPipeline, type RunOptions } from './run/run-pipeline.js';
export {
  radiographSettings,
  readSettings,
  resolveSettings,
  syntheticSettings,
  type RunSettings,
} from './run/settings.js';
