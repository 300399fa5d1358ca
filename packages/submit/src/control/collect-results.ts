import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import { isMissing } from '@fractura/errors';
import { outputFile } from '../submission/job-state.js';
import type { JobStatus } from './job-status.js';

/** A job and what it wrote to standard output: JSON as a value where it is that, otherwise text. */
export interface JobResult {
  index: number;
  name: string;
  state: JobStatus['state'];
  result: unknown;
}

/** Reads the results of the jobs that are done and writes them to `results.json`. Of other jobs the result is null. */
export async function collectResults(folder: string, statuses: readonly JobStatus[]): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const { index, name, state } of statuses) {
    const result = state === 'done' ? await readResult(outputFile(folder, index)) : null;
    results.push({ index, name, state, result });
  }
  await writeFileBeside(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  return results;
}

async function readResult(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) {
      return '';
    }
    throw error;
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.trimEnd();
  }
}
