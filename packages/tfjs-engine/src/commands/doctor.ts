import { defineCommand } from '@fractura/command-line';

import { diagnoseEngines } from '../doctor/diagnose-engines.js';
import { doctorTable } from '../doctor/doctor-table.js';
import { headings } from './headings.js';

/** `fractura engine doctor`: what works here. */
export const doctorCommand = defineCommand({
  ...headings.doctor,
  positionals: {},
  options: {},
  examples: [
    ['', 'prints a table for a bug report'],
    ['--json', 'prints the same as JSON'],
  ],
  run: async (_, { print, json }) => {
    const diagnosis = await diagnoseEngines();
    print(json ? diagnosis : doctorTable(diagnosis));
  },
});
