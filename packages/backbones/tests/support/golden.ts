import { readFileSync } from 'node:fs';

/** One of the reference vectors. */
export const readGolden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));

/** Name, shape and first values of an entry of torchvision's `state_dict`, in its order. */
export type StateVector = [name: string, shape: number[], first: number[]];

export interface EvalVector {
  seed: number;
  inputs: { shape: number[]; k: number; logits: number[][] }[];
}

export interface TrainVector {
  seed: number;
  input: { shape: number[]; k: number };
  labels: number[];
  optimizer: { lr: number };
  float32: {
    losses: number[];
    logits_train_mode: number[][];
    grad_l2: Record<string, number>;
    grad_first4: Record<string, number[]>;
    running: Record<string, { l2: number }>;
  };
}
