import * as tf from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import type { Precision } from '../precision/precision.js';
import { tidy } from './tidy.js';

/** Gradients with respect to an operation's inputs, null where not needed. Fresh tensors: never `dy` itself. */
export type Backward = (dy: Tensor, needed: readonly boolean[]) => (Tensor | null)[];

/** One operation that has run: what came out, what its gradient reads, and how its gradient is computed. */
export interface Step {
  inputs: readonly Tensor[];
  output: Tensor;
  /** Every tensor that `backward` reads: inputs, the output, or tensors made for the purpose. */
  saved: readonly Tensor[];
  backward: Backward;
}

/** Every gradient has the precision of its tensor, so that of a float32 parameter is float32. */
interface RecordedStep extends Step {
  precisions: { output: Precision; inputs: Precision[] };
}

/**
 * The operations of one forward pass, in order. The tape owns what they made and frees it as the gradient goes back:
 * a step's output and saved tensors end with the step, since all its consumers come later and are done by then.
 */
export class Tape {
  readonly #steps: RecordedStep[] = [];
  readonly #dependent: Set<number>;
  readonly #owned = new Map<number, Tensor>();
  /** Ids of what some step's gradient will read. */
  readonly #read = new Set<number>();

  /** @param precision what convolutions and the activations between them are computed in. */
  constructor(
    parameters: readonly Variable[],
    readonly precision: Precision = 'float32',
  ) {
    this.#dependent = new Set(parameters.map(({ id }) => id));
  }

  record(step: Step): void {
    this.#own(step.output);
    if (!step.inputs.some(({ id }) => this.#dependent.has(id))) {
      return;
    }
    const inputs = new Set(step.inputs);
    for (const tensor of step.saved) {
      this.#read.add(tensor.id);
      if (!inputs.has(tensor)) {
        this.#own(tensor);
      }
    }
    this.#dependent.add(step.output.id);
    const { precisionOf } = kernels();
    const precisions = { output: precisionOf(step.output), inputs: step.inputs.map(precisionOf) };
    this.#steps.push({ ...step, precisions });
  }

  /** Whether gradients will be asked for. */
  get differentiates(): boolean {
    return this.#dependent.size > 0;
  }

  /** Whether `tensor` is a parameter or was computed from one by recorded operations. */
  dependsOnParameters(tensor: Tensor): boolean {
    return this.#dependent.has(tensor.id);
  }

  /** Says that the forward pass needs a tensor no more: it is freed, unless the way back reads it. */
  forget(tensor: Tensor): void {
    if (!this.#read.has(tensor.id)) {
      this.#free(tensor);
    }
  }

  /** Gradients of `scale` times the scalar `value` by tensor id, for the parameters it depends on. Uses the tape up. */
  gradients(value: Tensor, scale = 1): Map<number, Tensor> {
    for (const tensor of this.#owned.values()) {
      this.forget(tensor);
    }
    const gradients = new Map<number, Tensor>([[value.id, tf.fill(value.shape, scale)]]);
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      this.#goBack(step, gradients);
    }
    return gradients;
  }

  dispose(): void {
    for (const tensor of this.#owned.values()) {
      tensor.dispose();
    }
    this.#owned.clear();
    this.#steps.length = 0;
  }

  #goBack({ inputs, output, saved, backward, precisions }: RecordedStep, gradients: Map<number, Tensor>): void {
    const dy = gradients.get(output.id);
    gradients.delete(output.id);
    if (dy !== undefined) {
      const needed = inputs.map(({ id }) => this.#dependent.has(id));
      const contributions = tidy(
        () => {
          const { cast } = kernels();
          const found = backward(cast(dy, precisions.output), needed);
          return found.map((dx, i) => (dx && needed[i] ? cast(dx, precisions.inputs[i]) : null));
        },
        (tensors) => tensors,
      );
      dy.dispose();
      inputs.forEach((input, i) => {
        const contribution = contributions[i];
        if (contribution) {
          accumulate(gradients, input.id, contribution);
        }
      });
    }
    this.#free(output);
    const inputsOfStep = new Set(inputs);
    for (const tensor of saved) {
      if (!inputsOfStep.has(tensor)) {
        this.#free(tensor);
      }
    }
  }

  /** Takes the tensor out of the caller's `tf.tidy`: from here on only the tape frees it. */
  #own(tensor: Tensor): void {
    this.#owned.set(tensor.id, tf.keep(tensor));
  }

  #free(tensor: Tensor): void {
    if (this.#owned.delete(tensor.id)) {
      tensor.dispose();
    }
  }
}

function accumulate(gradients: Map<number, Tensor>, id: number, contribution: Tensor): void {
  const before = gradients.get(id);
  if (before === undefined) {
    gradients.set(id, contribution);
    return;
  }
  gradients.set(id, tf.add(before, contribution));
  before.dispose();
  contribution.dispose();
}
