#!/usr/bin/env node
/**
 * `npm start [-- OPTIONS]`: installs, builds, prepares the engine, then `fractura run OPTIONS`: the whole pipeline, on
 * a synthetic atlas unless `--data` names a real one. What is done already is not done again.
 */
import { buildPackages } from './setup/build-packages.mjs';
import { fractura } from './setup/fractura.mjs';
import { installDependencies } from './setup/install-dependencies.mjs';

await installDependencies();
await buildPackages({ onlyToRun: true });
// Without a native engine the pipeline still runs, slower; the install says why there is none.
await fractura('engine', 'install');
// Real radiographs are worth a pretrained encoder; without it the run says what is lost.
if (process.argv.some((word) => /^--(data|images)/.test(word))) {
  await fractura('weights', 'fetch', 'efficientnet-lite0');
}
process.exitCode = await fractura('run', ...process.argv.slice(2));
