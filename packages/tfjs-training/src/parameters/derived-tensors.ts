import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Tensors that are computed of parameters and kept for as long as the parameters have the same values. */
export class DerivedTensors {
  /** The data of the parameters that the tensors were computed of, and what else they depend on. */
  #of: readonly unknown[] = [];
  #tensors: readonly Tensor[] = [];

  /**
   * The tensors of the parameters as they are now; they belong to this object.
   *
   * @param parameters all that `compute` reads; a variable gets other data whenever it is assigned.
   * @param variant what else the tensors depend on, such as a precision.
   */
  of(parameters: readonly Tensor[], variant: string, compute: () => Tensor[]): readonly Tensor[] {
    const of = [...parameters.map(({ dataId }) => dataId), variant, tf.getBackend()];
    const isSame = this.#of.length === of.length && of.every((part, i) => part === this.#of[i]);
    if (!isSame) {
      this.dispose();
      this.#tensors = tf.tidy(compute).map((tensor) => tf.keep(tensor));
      this.#of = of;
    }
    return this.#tensors;
  }

  dispose(): void {
    tf.dispose([...this.#tensors]);
    this.#tensors = [];
    this.#of = [];
  }
}
