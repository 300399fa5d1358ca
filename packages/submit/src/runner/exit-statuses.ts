/** What `run-job` ends with, beside the status of a command that failed. */
export const exitStatuses = {
  /** The command was interrupted and would go on. Of `sysexits.h` free numbers none; nnU-Net and Node.js use neither. */
  interrupted: 85,
  /** Somebody cancelled the job. */
  cancelled: 130,
} as const;
