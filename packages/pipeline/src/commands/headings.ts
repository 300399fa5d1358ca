/** What lists of commands show of the study; apart from the commands, which import much. */
export const headings = {
  run: {
    name: 'run',
    summary:
      'Runs the whole study: audit, conversion, segmentation, classification, report. Goes on where it was stopped.',
  },
  init: { name: 'init', summary: 'Writes a commented settings file for fractura run.' },
} as const;
