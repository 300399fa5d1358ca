import { PassThrough } from 'node:stream';
import { runCommandLine } from '@fractura/command-line';
import { program } from '../../src/program.js';

/** Runs `nnunet` and gives its exit status and what it wrote. */
export async function fractura(...args: string[]): Promise<{ status: number; output: string; errors: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let [output, errors] = ['', ''];
  stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const status = await runCommandLine(program, args, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
  });
  return { status, output, errors };
}
