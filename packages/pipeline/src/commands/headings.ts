/** What lists of commands show of the study; apart from the commands, which import much. */
export const headings = {
  run: {
    name: 'run',
    summary:
      'Runs the whole study: audit, conversion, segmentation, classification, report. Goes on where it was stopped.',
  },
  search: {
    name: 'search',
    summary: 'Looks for good settings: grid, random or halving search of a segmentation or a classifier.',
  },
  trial: { name: 'trial', summary: 'Trains and scores one point of a search; the jobs of a search do this.' },
  films: {
    name: 'films',
    summary: 'Lets the fold that has not seen a film judge it, for all films of a run: what classify compare takes.',
  },
  init: { name: 'init', summary: 'Writes a commented settings file for fractura run.' },
} as const;
