/** A job that a command line is dealt to. */
export interface PlannedJob {
  name: string;
  words: string[];
  stage: number;
}

/**
 * Deals a command line to jobs where its command knows how, such as a training to its folds.
 *
 * @param words the command line after the program's name.
 * @returns undefined where it is one job.
 */
export type FanOut = (words: readonly string[]) => Promise<PlannedJob[] | undefined>;
