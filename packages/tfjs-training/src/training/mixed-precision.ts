import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';

import { differentiate, type Differentiated } from '../tape/differentiate.js';
import { choosePrecision } from '../precision/choose-precision.js';
import type { Precision, PrecisionChoice } from '../precision/precision.js';

/** The factor on the loss, and how many steps it has held. */
export interface LossScale {
  scale: number;
  goodSteps: number;
}

/** A value and gradients that may be unusable. */
export interface MixedGradients extends Differentiated {
  /** A gradient is not finite: leave this step out. The loss scale is halved already. */
  overflowed: boolean;
}

/** PyTorch's `GradScaler`: from 2^16 on, halved after an overflow, doubled after 2000 steps without one. */
const initialScale: LossScale = { scale: 2 ** 16, goodSteps: 0 };
const growthInterval = 2000;

/**
 * Gradients in mixed precision: float32 parameters, statistics and losses around convolutions in a reduced precision. In float16
 * the loss is scaled so that small gradients survive; bfloat16 has float32's range and needs none of that.
 *
 * @see Micikevicius et al., Mixed Precision Training, arXiv:1710.03740; `torch.autocast`, `torch.amp.GradScaler`
 */
export class MixedPrecision {
  readonly precision: Precision;
  #lossScale: LossScale;

  /**
   * @param wanted as for `choosePrecision`, which throws for what is not there.
   * @param lossScale a loss scale to go on from.
   */
  constructor(wanted: PrecisionChoice = 'auto', lossScale: LossScale = initialScale) {
    this.precision = choosePrecision(wanted);
    this.#lossScale = lossScale;
  }

  /** What a checkpoint should keep; undefined where the loss is not scaled. */
  get lossScale(): LossScale | undefined {
    return this.precision === 'float16' ? this.#lossScale : undefined;
  }

  /** Goes on from a loss scale that a checkpoint kept. */
  restore(lossScale: LossScale | undefined): void {
    this.#lossScale = lossScale ?? initialScale;
  }

  /** As {@link differentiate}; value and gradients are the caller's, overflowed or not. */
  differentiate(f: () => Scalar, parameters: readonly Variable[]): MixedGradients {
    const { precision } = this;
    if (precision !== 'float16') {
      return { ...differentiate(f, parameters, { precision }), overflowed: false };
    }
    const { scale, goodSteps } = this.#lossScale;
    const result = differentiate(f, parameters, { precision, lossScale: scale });
    const overflowed = !areFinite(result.gradients);
    if (overflowed) {
      this.#lossScale = { scale: scale / 2, goodSteps: 0 };
    } else if (goodSteps + 1 === growthInterval) {
      this.#lossScale = { scale: scale * 2, goodSteps: 0 };
    } else {
      this.#lossScale = { scale, goodSteps: goodSteps + 1 };
    }
    return { ...result, overflowed };
  }
}

function areFinite(gradients: readonly (Tensor | null)[]): boolean {
  return tf.tidy(() => {
    // 0 times a number that is not finite is NaN, which every sum keeps.
    const sums = gradients.flatMap((gradient) => (gradient ? [tf.sum<Scalar>(tf.mul(gradient, 0))] : []));
    return sums.length === 0 || Number.isFinite(tf.addN(sums).dataSync()[0]);
  });
}
