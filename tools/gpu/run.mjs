#!/usr/bin/env node
/**
 * Checks the WebGPU engine on this machine's GPU: its operations, training steps and predictions against other engines', its speed beside
 * PyTorch's where `python3` (or PYTHON) has it, and a profile by program.
 *
 *   npm install --no-save webgpu          Dawn, WebGPU for Node, once; or FRACTURA_TEST_WEBGPU names a folder that has it
 *   node tools/gpu/run.mjs [OUT] [tiny] [STAGE ...]
 *
 * OUT, by default `.gpu/out`, gets logs and JSON. `tiny` is for a GPU in software: the same stages on a few pixels.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleChecks } from './bundle.mjs';

const app = fileURLToPath(new URL('../../.gpu/app', import.meta.url));
await bundleChecks(app, process.env.FRACTURA_TEST_WEBGPU);
const [out = join(app, '..', 'out'), ...rest] = process.argv.slice(2);
process.exitCode = spawnSync(process.execPath, [join(app, 'dist', 'run-stages.mjs'), out, ...rest], {
  stdio: 'inherit',
}).status;
