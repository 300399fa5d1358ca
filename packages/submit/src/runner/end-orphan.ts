import { setTimeout as sleep } from 'node:timers/promises';
import { isGone, type LockOwner } from '@fractura/array-files';

const askEveryMs = 100;

/**
 * Ends the command of an earlier attempt whose runner was killed (`kill -9`), so that no two work on the same results: SIGTERM,
 * time for a checkpoint, SIGKILL. One of another machine cannot be reached; its scheduler ends it.
 */
export async function endOrphan(orphan: LockOwner | undefined, graceSeconds: number): Promise<void> {
  if (orphan === undefined || isGone(orphan) !== false) {
    return;
  }
  process.kill(orphan.processId, 'SIGTERM');
  for (const end = Date.now() + graceSeconds * 1000; Date.now() < end && isGone(orphan) === false;) {
    await sleep(askEveryMs);
  }
  if (isGone(orphan) === false) {
    process.kill(orphan.processId, 'SIGKILL');
    while (isGone(orphan) === false) {
      await sleep(askEveryMs);
    }
  }
}
