import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Has a file written to beside its place, then renames it: what is there is whole. The folder is made where it is missing. */
export async function throughBeside(target: string, write: (beside: string) => Promise<void>): Promise<void> {
  const beside = `${target}.${process.pid}.part`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await write(beside);
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
}
