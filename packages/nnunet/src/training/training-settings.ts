import type { EngineName } from '@fractura/tfjs-engine';
import type { PrecisionChoice } from '@fractura/tfjs-training';
import type { TrackerName } from '@fractura/tracking';
import type { AugmentationName, SmallLesionsOptions } from '@fractura/unet-model';

/** How a fold is trained. What is left out is as nnU-Net has it. All of it is recorded in the checkpoints. */
export interface TrainingSettings {
  /** Training iterations of an epoch. Default 250. */
  iterations?: number;
  /** Validation iterations of an epoch. Default 50. */
  validationIterations?: number;
  /** Patches of an iteration. Default: the plan's. */
  batchSize?: number;
  /** Initial learning rate. Default the recipe's; nnU-Net's 0.01. */
  learningRate?: number;
  /** Momentum of SGD. Default 0.99. */
  momentum?: number;
  /** Default: the trainer's; `default` is nnU-Net's set. */
  augmentation?: AugmentationName;
  /** Epochs without a better moving average of the pseudo Dice after which the training stops. Default: never. */
  earlyStopping?: number;
  /** Seed of initial weights, batches and augmentation. Default 0. */
  seed?: number;
  /** What the network computes in while it is trained. Default `auto`. */
  precision?: PrecisionChoice;
  /** Threads that prepare batches; 0 for none. Default: one less than there are cores, 1 to 8. */
  workers?: number;
  /** Share of a batch drawn from the cases without foreground, in [0, 1]. Default the recipe's; nnU-Net draws any case. */
  emptyShare?: number;
  /** What else the recipe small-lesions does otherwise than by default. */
  smallLesions?: SmallLesionsOptions;
  /** File of pretrained weights of the recipe's encoder, `.pth` or `.safetensors`, as published. Default: initial weights. */
  encoderWeights?: string;
  /** Begin anew: what an earlier training left in the folds' folders is removed. Default false. */
  restart?: boolean;
  /** A model folder with the same training of fewer epochs: folds that are not begun here continue theirs from there. */
  continueFrom?: string;
  /** Where curves are kept, beside checkpoints and logs. Default: nowhere. */
  track?: readonly TrackerName[];
  /** The folder of the curves. Default `tracking` in the model's folder. */
  trackFolder?: string;
  /** Of `mlflow`: the address of a tracking server, such as `http://host:5000`, which gets the curves instead. */
  trackServer?: string;
  /** What the folds are runs of. Default: the model’s folder. */
  trackExperiment?: string;
  /** What the names of the folds’ runs begin with. Default: nothing. */
  trackRun?: string;
  /** A file that ends the training after the epoch under way once it exists, as if that had been the last. */
  stopFile?: string;
  /** File of weights to begin with, `.pth` or `.safetensors`; segmentation heads are not taken over. */
  pretrainedWeights?: string;
}

/** How the cases of a fold's validation are predicted. */
export interface ValidationSettings {
  /** The checkpoint that predicts. Default `checkpoint_final`. */
  checkpoint?: 'checkpoint_final' | 'checkpoint_best';
  /**
   * Average over mirrored images, along the axes that the checkpoint allows. A training records a `false` in its checkpoints, and
   * later predictions obey it. Default true.
   */
  mirroring?: boolean;
  /** Write CASE.npz and CASE.pkl beside the labels, as ensembling needs them. Default false. */
  saveProbabilities?: boolean;
}

/** Where folds are computed. */
export interface FoldProcessSettings {
  /** Folds at once, each in a process that starts an engine of its own. Default 1: one after the other, by the engine in use. */
  parallel?: number;
  /** GPUs to deal out to the processes, named as in CUDA_VISIBLE_DEVICES; an empty list hides all. Default: all that are visible. */
  gpus?: readonly string[];
  /** The processes' engine. Default: the fastest that works. */
  engine?: EngineName;
  /** Threads of each process's native engine. Default: the cores divided by the number of processes. */
  threads?: number;
}
