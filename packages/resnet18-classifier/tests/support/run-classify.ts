import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommandLine } from '@fractura/command-line';
import { classifyCommands } from '../../src/commands.js';

/** Runs a command of `fractura classify` in this process. */
export async function runClassify(...argv: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const program = { name: 'classify', version: '0.0.0', summary: 'Classifies.', commands: classifyCommands };
  const streams = { stdout, stderr } as unknown as { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream };
  const status = await runCommandLine(program, argv, streams);
  stdout.end();
  stderr.end();
  return { status, stdout: await text(stdout), stderr: await text(stderr) };
}
