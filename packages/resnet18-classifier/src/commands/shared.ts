/** Options of several commands. */
export const modelOption = {
  model: { kind: 'string', alias: 'm', describe: 'folder of a training, or a checkpoint of it', required: true },
} as const;
export const batchOption = {
  batch: { kind: 'integer', minimum: 1, describe: 'images at once', default: 32 },
} as const;
