#!/usr/bin/env node
/**
 * What every engine starts: `run-job FOLDER INDEX`, or `run-job FOLDER 0,3,4` where JOB_COMPLETION_INDEX says which of them, as
 * in an Indexed Job of Kubernetes. `run-job FOLDER 0,3,4 --await` waits until all of them are done.
 */
const asked: NodeJS.Signals[] = [];
const pass: { on: (signal: NodeJS.Signals) => void } = { on: (signal) => asked.push(signal) };
// Before anything slow is loaded: without a listener, SIGUSR1 starts Node's debugger and the others end the process.
for (const signal of ['SIGUSR1', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    pass.on(signal);
  });
}

const { awaitJobs, workOnJob } = await import('./work-on-job.js');
const [folder, list, ...flags] = process.argv.slice(2);
const indices = list.split(',').map(Number);
if (flags.includes('--await')) {
  pass.on = () => process.exit(130);
  process.exitCode = await awaitJobs(folder, indices);
} else {
  const { JOB_COMPLETION_INDEX: place = '0' } = process.env;
  process.exitCode = await workOnJob({ folder, index: indices[Number(place)], asked, pass, environment: process.env });
}
