#!/usr/bin/env node
/**
 * Checks the WebGPU engine on this machine's GPU: its operations, training steps and predictions against other engines', its speed beside
 * PyTorch's where `python3` (or PYTHON) has it, and a profile by program.
 *
 *   npm install --no-save webgpu          Dawn, WebGPU for Node, once
 *   node tools/gpu/run.mjs [OUT] [tiny] [STAGE ...]
 *
 * OUT, by default `.gpu/out`, gets logs and JSON. `tiny` is for a GPU in software: the same stages on a few pixels.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleStages } from './bundle.mjs';
import { runStages } from './run-stages.mjs';

const folder = fileURLToPath(new URL('../../.gpu', import.meta.url));
const app = join(folder, 'app');
await bundleStages(app);
const [out = join(folder, 'out'), ...words] = process.argv.slice(2);
const wanted = words.filter((word) => word !== 'tiny');
await runStages({ stage: join(app, 'dist', 'stage.mjs'), out, tiny: words.includes('tiny'), wanted });
