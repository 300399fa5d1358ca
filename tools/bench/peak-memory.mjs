/** The most memory that processes held, read from the kernel's own high-water marks (Linux; elsewhere null). */
import { readFileSync, readdirSync } from 'node:fs';

const KIB_PER_MIB = 1024;

const highWaterMark = (pid) => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / KIB_PER_MIB;
  } catch {
    return 0;
  }
};

const childrenOf = (pid) => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
};

const withDescendants = (pid) => [pid, ...childrenOf(pid).flatMap(withDescendants)];

/** Peak resident memory of a process and of those that it has started, summed, in MiB; null where it cannot be read. */
export const peakMiB = (pid) => {
  const peak = withDescendants(pid).reduce((sum, one) => sum + highWaterMark(one), 0);
  return peak > 0 ? peak : null;
};

/**
 * Watches a process until `stop` is called, and then says its peak in MiB. A mark only grows, so a few looks a second miss
 * little more than what a process takes in its last moments.
 */
export const watchPeakMemory = (pid) => {
  let peak = null;
  const look = () => {
    const now = peakMiB(pid);
    if (now !== null) {
      peak = Math.max(peak ?? 0, now);
    }
  };
  look();
  const timer = setInterval(look, 25);
  return {
    stop: () => {
      look();
      clearInterval(timer);
      return peak;
    },
  };
};
