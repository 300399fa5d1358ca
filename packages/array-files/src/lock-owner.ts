import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock. */
export interface LockOwner {
  processId: number;
  /** Name of its computer. */
  host: string;
  /** When it took the lock, as ISO 8601. */
  since: string;
  /** Start and name space of its processes: the same number in another container, or after a restart, is another process. */
  machine: string;
  /** When the process began, in the system's own unit; empty where the system does not say. */
  started: string;
}

/** A process of this machine, this one by default, as of now. */
export const ownerOf = (processId: number = process.pid): LockOwner => ({
  processId,
  host: hostname(),
  since: new Date().toISOString(),
  machine: thisMachine(),
  started: startOf(processId),
});

/** Whether a process of this machine is gone; undefined for one of another machine, which cannot be asked. */
export function isGone({ processId, machine, started }: LockOwner): boolean | undefined {
  if (machine !== thisMachine()) {
    return undefined;
  }
  try {
    process.kill(processId, 0);
  } catch (error) {
    // EPERM: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return startOf(processId) !== started;
}

const thisMachine = () =>
  [
    hostname(),
    textOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    textOr('', () => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');

/**
 * Linux' `starttime`, the 22nd field of `/proc/PID/stat`; the second, a name in parentheses, may hold spaces. A process that has
 * ended and that nobody has asked for since (state `Z`) has none.
 */
const startOf = (processId: number) =>
  textOr('', () => {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? 'ended' : fields[18];
  });

function textOr(otherwise: string, read: () => string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
