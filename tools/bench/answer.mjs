/** The other side of `asServer`: what a process prints there. */
import { createInterface } from 'node:readline';

const asked = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Prints a line, the greeting first, and waits to be asked for the next; ends the process when nobody asks any more. */
export const answer = async (line) => {
  console.log(line);
  if ((await asked.next()).done) {
    process.exit(0);
  }
};
