/** What asks a process to end: Ctrl-C, `kill` and schedulers, a terminal that is closed. */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal aborted by the first of {@link endingSignals}, so that work ends cleanly; a second one ends the process at once. */
export function interruptSignal(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) {
      process.exit(130);
    }
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
