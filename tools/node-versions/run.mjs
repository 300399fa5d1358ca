#!/usr/bin/env node
/**
 * Runs a package's tests on every Node that we support, and WebGPU's beside them; build first:
 *
 *   node tools/node-versions/run.mjs [PACKAGE ...]       tfjs-engine when none is named
 *
 * npm carries Node's binaries; they and the packages of WebGPU (250 MB in all) are kept in `node_modules/.cache`. WebGPU is tried
 * on Chromium's software GPU and skipped where there is no Chromium.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'node-versions');
const majors = [20, 22, 24];
const packages = process.argv.length > 2 ? process.argv.slice(2) : ['tfjs-engine'];

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) {
    throw error;
  }
  return status;
}

/** A folder in the cache where npm has installed these packages; TensorFlow.js itself stays the workspace's. */
function installed(name, ...specs) {
  const folder = join(cache, name);
  if (existsSync(join(folder, 'package-lock.json'))) {
    return folder;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const quiet = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];
  if (run('npm', ['install', ...quiet, ...specs], { cwd: folder }) === 0) {
    return folder;
  }
  throw new Error(`npm could not install ${specs.join(' and ')}`);
}

const webgpu = installed('webgpu', 'webgpu', '@tensorflow/tfjs-backend-webgpu@4.22.0');
const binary = `node-${process.platform}-${process.arch}`;
const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const failed = [];
for (const major of majors) {
  const node = join(installed(`node-${major}`, `${binary}@${major}`), 'node_modules', binary, 'bin', 'node');
  for (const name of packages) {
    console.log(`\n=== ${name} on Node ${major}`);
    const env = { ...process.env, FRACTURA_TEST_WEBGPU: webgpu, NODE_OPTIONS: '--experimental-vm-modules' };
    if (run(node, [jest], { cwd: join(root, 'packages', name), env }) !== 0) {
      failed.push(`${name} on Node ${major}`);
    }
  }
}
console.log(failed.length === 0 ? `\npassed on Node ${majors.join(', ')}` : `\nfailed: ${failed.join('; ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
