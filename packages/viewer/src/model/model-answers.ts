import type { ViewerModel } from './viewer-model.js';

/** An upright grey radiograph. */
export interface Film {
  /** Grey levels, `[height, width]`, 0 is black. */
  data: Uint8Array | Uint16Array;
  width: number;
  height: number;
  /** Millimetres between centres of pixels, where the file tells; of the patient, or of the detector behind it. */
  pixelSpacing?: { row: number; column: number; at: 'patient' | 'detector' };
}

/** The engine that computes, in words. */
export interface ModelReady {
  /** Such as `WebAssembly (processor, 2 threads)`. */
  engine: string;
}

/** A connected part of a class on the film's own pixels. */
export interface Finding {
  class: string;
  label: number;
  /** In pixels from the top left. */
  box: [x: number, y: number, width: number, height: number];
  /** In pixels. */
  area: number;
  /** In square millimetres, where the film's file tells how far its pixels are apart. */
  areaMm2?: number;
  /** Of its pixels; probabilities of foreground. */
  maximumProbability: number;
  meanProbability: number;
}

/** What is marked on a film at a cut-off. */
export interface Marked {
  /** `[height, width]`; 0 is background. */
  labels: Uint8Array | Uint16Array;
  /** The most probable first. */
  lesions: Finding[];
}

/** What a model says of a film. */
export interface FilmPrediction extends Marked {
  /** Probability that the film shows anything of the classes. */
  presence: number;
  /** What the head trained for it says; absent where the model has none. */
  presenceHead?: number;
  /** Largest probability of foreground of a pixel. */
  largestProbability: number;
  /** Probability that a pixel is foreground, `[height, width]`. */
  foreground: Float32Array;
}

/** What a classifier says of a film, and where the film speaks for one of its classes. */
export interface FilmClassification {
  /** One per class, in the classifier's order; they sum to 1. */
  probabilities: number[];
  /** The class that is explained. */
  classIndex: number;
  /** Grad-CAM over the whole film, `[mapHeight, mapWidth]`, coarser than it: 1 where it speaks most for the class, else down to 0. */
  map: Float32Array;
  mapWidth: number;
  mapHeight: number;
}

/** What a model's worker is asked for. */
export interface ModelAnswers {
  /** Prepares the engine and loads the network; comes first. */
  load: (model: ViewerModel) => Promise<ModelReady>;
  /** Predicts a film, and keeps it where it will be marked again. */
  predict: (
    argument: { film: Film; keep: boolean },
    onProgress: (progress: { done: number; total: number }) => void,
  ) => Promise<FilmPrediction>;
  /** Marks the film that was kept last at another cut-off, as {@link ViewerModel.threshold}. */
  mark: (threshold: number | null) => Promise<Marked>;
  /** Judges a film by the classifier, and explains a class: the most probable one, unless another is named. */
  classify: (argument: { film: Film; classIndex?: number }) => Promise<FilmClassification>;
}
