import type { Submission } from '../../src/submission/submission.js';

/** A submission of small programs of Node.js, one job each. */
export function submissionOf(
  programs: readonly (string | { code: string; stage: number })[],
  changes: Partial<Submission> = {},
): Submission {
  return {
    version: 1,
    name: 'test',
    engine: 'local',
    created: '2026-11-27T10:00:00.000Z',
    command: ['node'],
    program: [process.execPath, '-e'],
    directory: process.cwd(),
    environment: {},
    settings: { retries: 2, graceSeconds: 5, gpus: 0 },
    ...changes,
    jobs: programs.map((program, index) => {
      const { code, stage } = typeof program === 'string' ? { code: program, stage: 0 } : program;
      return { index, name: `job ${index}`, words: [code], stage };
    }),
  };
}
