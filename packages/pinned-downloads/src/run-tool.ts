import { spawn } from 'node:child_process';
import type { FracturaError } from '@fractura/errors';
import { spaceRemedy } from './cache-directory.js';

/** How a tool is called. */
export interface ToolCall {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** What is said when it is not there. */
  missing: { code: string; message: string; remedy: string };
  /** What is said when it fails; its last words are added. */
  failed: { code: string; message: string; remedy: string };
}

/** The kind of error that a tool's failure ends in. */
export type ErrorClass = new (
  message: string,
  details: { code: string; remedy: string; cause?: unknown },
) => FracturaError;

/** How C++ compilers, tar, pip and npm say it. */
const noSpace = /no space left on device|ENOSPC/i;

/** Lines of a tool's output that an error repeats. */
const lastLines = 6;

/**
 * Runs a tool to its end and gives its output.
 *
 * @throws an error of the given class with the codes of `missing` and `failed`; `no-space` where the tool says so; the signal's AbortError.
 */
export async function runTool(
  { command, args, cwd, env, signal, missing, failed }: ToolCall,
  ToolError: ErrorClass,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      signal,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environmentWith(env),
    });
    let output = '';
    let errors = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', (cause: NodeJS.ErrnoException) => {
      const { message, ...details } = missing;
      reject(cause.code === 'ENOENT' ? new ToolError(message, { ...details, cause }) : cause);
    });
    child.on('close', (status, killedBy) => {
      if (status === 0) {
        resolve(output);
      } else {
        const { message, ...details } = failed;
        const words = (errors || output).trim().split('\n').slice(-lastLines).join('\n');
        const end = killedBy === null ? `"${command}" ended with status ${status}` : `"${command}" died of ${killedBy}`;
        const said = [message, words, `${end}.`].filter(Boolean).join('\n');
        reject(new ToolError(said, noSpace.test(words) ? { code: 'no-space', remedy: spaceRemedy } : details));
      }
    });
  });
}

/** The tool's own settings stand in the user's environment. */
function environmentWith(added: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...added };
}
