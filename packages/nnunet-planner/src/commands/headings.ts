/** What lists of commands show of planning; apart from the commands, which import much. */
export const headings = {
  verify: {
    name: 'verify-dataset-integrity',
    summary: 'Checks raw data sets: their dataset.json, that every file is there, and every image and label.',
  },
  extractFingerprint: {
    name: 'extract-fingerprint',
    summary: 'Extracts the fingerprint of raw data sets: shapes, spacings and intensities of their cases.',
  },
  plan: {
    name: 'plan',
    summary: 'Extracts the fingerprint of raw data sets and plans networks, patches and batches for them.',
  },
  preprocess: {
    name: 'preprocess',
    summary: 'Crops, normalises and resamples the cases of data sets that have plans; goes on where it was stopped.',
  },
  planAndPreprocess: { name: 'plan-and-preprocess', summary: 'Plans data sets and preprocesses their cases.' },
  movePlans: {
    name: 'move-plans-between-datasets',
    summary:
      'Gives a data set the plans of another, so that a network trained on that one can be trained further on it.',
  },
} as const;
