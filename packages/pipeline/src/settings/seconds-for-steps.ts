/** Share of a run's hours in which the folds are trained; the rest is for conversion, prediction and the classifiers. */
const trainingShare = 0.76;

/** What batches, checkpoints and validation add to the steps, which are measured alone. */
const overhead = 1.12;

/** Seconds of a run of so many hours that are left for the training steps of all folds. */
export const secondsForSteps = (hours: number): number => (hours * 3600 * trainingShare) / overhead;
