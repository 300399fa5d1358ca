/** What asks a process to end: Ctrl-C, `kill` and schedulers, a terminal that is closed. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Schedulers signal all processes of a job, and a parent passes the signal on: so soon, it is the same request. */
const sameRequestMs = 2000;

/**
 * A signal aborted by the first of {@link endingSignals}, so that work ends cleanly. A second one ends the process at once, but
 * for a SIGTERM or SIGHUP within two seconds of the first.
 */
export function interruptSignal(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  let first = 0;
  const interrupt = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (name === 'SIGINT' || Date.now() - first > sameRequestMs) {
        process.exit(130);
      }
      return;
    }
    first = Date.now();
    controller.abort();
  };
  for (const name of endingSignals) {
    process.on(name, interrupt);
  }
  return {
    signal: controller.signal,
    release() {
      for (const name of endingSignals) {
        process.off(name, interrupt);
      }
    },
  };
}
