export { jobOptions, jobSettings, type JobOptionValues } from './commands/job-options.js';
export { waitForJobs } from './commands/wait-for-jobs.js';
export { SubmitError } from './errors.js';
export type { FanOut, PlannedJob } from './jobs/fan-out.js';
export type { SubmittedProgram } from './jobs/submitted-program.js';
export { jobsForValues } from './jobs/values-for.js';
export { kubernetesJob, type KubernetesStage } from './engines/kubernetes/kubernetes-job.js';
export { slurmScript, type SlurmArray } from './engines/slurm/slurm-script.js';
export { collectResults, type JobResult } from './control/collect-results.js';
export { newSubmission, type NewSubmissionOptions } from './control/new-submission.js';
export type { JobState } from './submission/job-state.js';
export { isOver, type JobStatus } from './control/job-status.js';
export { statusesOf } from './control/statuses-of.js';
export { cancelJobs, describeSubmission, resubmitJobs, submitJobs } from './control/submit-jobs.js';
export {
  engineNames,
  type EngineName,
  type Job,
  type JobSettings,
  type KubernetesSettings,
  type SlurmSettings,
  type Submission,
} from './submission/submission.js';
