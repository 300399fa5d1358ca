import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { runCommandLine } from '@fractura/command-line';
import { weightsCommands } from '../../src/commands.js';
import { encodeSafetensors, readStateDict } from '../../src/index.js';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/torch-files/${name}`, import.meta.url));

let root: string;
beforeAll(async () => {
  root = await temporaryFolder('weights-');
});

async function run(...argv: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const program = { name: 'weights', version: '0.0.0', summary: 'Weights.', commands: weightsCommands };
  const streams = { stdout, stderr } as unknown as { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream };
  const status = await runCommandLine(program, argv, streams);
  stdout.end();
  stderr.end();
  return { status, stdout: await text(stdout), stderr: await text(stderr) };
}

test('inspect lists the tensors and settings of a checkpoint', async () => {
  const { status, stdout } = await run('inspect', fixture('nnunet_like_checkpoint.pth'));
  expect(status).toBe(0);
  expect(stdout).toContain('network_weights/0.weight  float32 [4, 1, 3, 3]');
  expect(stdout).toMatch(/^optimizer_state/m);
});

test('inspect --json tells a safetensors file with its metadata', async () => {
  const { stdout } = await run('inspect', fixture('dtypes.safetensors'), '--json');
  const told = JSON.parse(stdout) as { format: string; tensors: number; content: { path: string }[] };
  expect(told.format).toBe('safetensors');
  expect(told.content.filter(({ path }) => !path.startsWith('__metadata__/'))).toHaveLength(told.tensors);
});

test('convert to safetensors and back keeps every tensor', async () => {
  const original = fixture('module_state_dict.pth');
  const [there, back] = [join(root, 'there.safetensors'), join(root, 'back.pth')];
  expect((await run('convert', original, there)).status).toBe(0);
  expect((await run('convert', there, back)).stdout).toBe(`${back}\n`);
  expect(encodeSafetensors(await readStateDict(back))).toEqual(encodeSafetensors(await readStateDict(original)));
  expect((await readFile(there)).subarray(8, 9).toString()).toBe('{');
});

test('an unsafe file and an unknown ending end with status 1 and one clear message', async () => {
  const unsafe = await run('inspect', fixture('unsafe_global.pth'));
  expect(unsafe.status).toBe(1);
  expect(unsafe.stderr).toContain('calls __builtin__.print, which is not allowed');
  const unknown = await run('convert', fixture('module_state_dict.pth'), join(root, 'out.onnx'));
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toContain('out.onnx does not end in a format');
});
