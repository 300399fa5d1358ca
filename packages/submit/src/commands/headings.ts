/** What lists of commands show of submissions; apart from the commands, which import much. */
export const headings = {
  status: { name: 'status', summary: 'Says what has become of the jobs of a submission.' },
  logs: { name: 'logs', summary: 'Prints the last lines that jobs wrote.' },
  collect: {
    name: 'collect',
    summary: 'Prints the results of all jobs, what each wrote to standard output, and keeps them in results.json.',
  },
  cancel: { name: 'cancel', summary: 'Ends jobs, after a checkpoint, and keeps waiting ones from beginning.' },
  resubmit: {
    name: 'resubmit',
    summary: 'Restarts the jobs that ended without being done; they go on from what is there.',
  },
  submit: {
    name: 'submit',
    summary:
      'Runs a command as jobs: processes here, Slurm or Kubernetes. Folds, parts and values become jobs of their own.',
  },
} as const;
