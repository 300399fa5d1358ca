/** What a stage finds, line by line: printed, and kept in the file that `FRACTURA_GPU_ROWS` names, whatever happens to the stage later. */
import { appendFileSync } from 'node:fs';

const { FRACTURA_GPU_ROWS: file } = process.env;

/**
 * @param what is told of.
 * @param value a text, as the table at the end shows it.
 * @param details numbers behind it, for the file alone.
 */
export function record(what, value, details = {}) {
  console.log(`${what}: ${value}`);
  if (file !== undefined) {
    appendFileSync(file, `${JSON.stringify({ what, value, ...details })}\n`);
  }
}
