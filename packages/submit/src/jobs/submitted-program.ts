import type { FanOut } from './fan-out.js';

/** The program whose commands are submitted. */
export interface SubmittedProgram {
  /** What comes before a command's words on this machine and on a cluster that shares its disk; empty for any command. */
  words: readonly string[];
  /** The same in a container. */
  wordsInContainer: readonly string[];
  /** Deals commands to jobs. */
  fanOut: FanOut;
  /** Refuses a command line before anything is submitted. */
  check: (words: readonly string[]) => Promise<void>;
  /** Names of variables that commands go by; jobs see their values of now. */
  environment: readonly string[];
}
