/** The submission that a command is about. */
export const folderPositional = {
  folder: { kind: 'string', describe: 'folder of the submission', required: true },
} as const;
