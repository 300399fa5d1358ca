import { PassThrough } from 'node:stream';

/** What a program did. */
export interface CapturedRun {
  /** Its exit status. */
  status: number;
  /** What it wrote to standard output. */
  output: string;
  /** What it wrote to standard error. */
  errors: string;
}

interface Streams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

/**
 * Runs a program within this process and keeps what it writes.
 *
 * @param run the program, as in `(streams) => runCommandLine(program, args, streams)`.
 */
export async function captureProgram(run: (streams: Streams) => Promise<number>): Promise<CapturedRun> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let [output, errors] = ['', ''];
  stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const status = await run({
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
  });
  return { status, output, errors };
}
