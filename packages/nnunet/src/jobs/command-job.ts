/** A part of a command's work, as a command line of its own. */
export interface CommandJob {
  /** For people, such as `fold 3`. */
  name: string;
  /** The words after the program's name. */
  words: string[];
  /** Those of stage 1 need all of stage 0. */
  stage: number;
}
