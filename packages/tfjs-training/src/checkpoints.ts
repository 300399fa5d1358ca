export {
  checkpointFile,
  clearUnfinishedCheckpoints,
  findCheckpoint,
  optimizerPrefix,
  removeCheckpoint,
  type CheckpointName,
} from './checkpoints/checkpoint-files.js';
export {
  readCheckpoint,
  requireCheckpoint,
  weightsToTrain,
  type ReadCheckpointOptions,
} from './checkpoints/read-checkpoint.js';
export { readWeights, toStateDict } from './checkpoints/read-weights.js';
export { refuseOtherArguments } from './checkpoints/refuse-other-arguments.js';
export {
  saveCheckpoint,
  writeCheckpoint,
  type Checkpoint,
  type SaveCheckpointOptions,
} from './checkpoints/write-checkpoint.js';
