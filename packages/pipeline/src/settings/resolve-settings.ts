import { checkSettings } from './check-settings.js';
import type { RunSettings } from './run-settings.js';

/**
 * The settings of a run: the defaults, overridden by each layer in turn, such as a file's settings and then those given
 * one by one. A value of `undefined` overrides nothing.
 *
 * @throws PipelineError `setting-unknown`, `setting-invalid`.
 */
export function resolveSettings(defaults: RunSettings, ...layers: readonly Partial<RunSettings>[]): RunSettings {
  return layers.reduce<RunSettings>((settings, layer) => ({ ...settings, ...checkSettings(layer) }), defaults);
}
