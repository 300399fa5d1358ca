/** What the local engine starts: `supervise-jobs FOLDER 0,1,2 3`, the jobs of each stage in order. */
import { withLock } from '@fractura/array-files';
import { readSubmission } from '../../submission/submission-folder.js';
import { supervisorLock } from './local-engine.js';
import { runStages } from './run-stages.js';

const [folder, ...stages] = process.argv.slice(2);
// A terminal that is closed ends no job.
process.on('SIGHUP', () => undefined);
await withLock(
  supervisorLock(folder),
  async () => {
    process.send?.('ready');
    process.on('disconnect', () => undefined);
    await runStages({
      folder,
      submission: await readSubmission(folder),
      stages: stages.map((list) => list.split(',').map(Number)),
      gpus: (process.env.CUDA_VISIBLE_DEVICES ?? '').split(',').filter((gpu) => gpu !== ''),
      environment: process.env,
    });
  },
  { refusal: ({ processId }) => new Error(`The jobs of ${folder} are run by process ${processId} already.`) },
);
