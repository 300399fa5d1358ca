import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import {
  choosePrecision,
  composed,
  convolution,
  differentiate,
  infer,
  instanceNorm,
  type PrecisionChoice,
} from '@fractura/tfjs-training';

/** What the engine in use computes in a second, in 1e9 operations (a multiplication and an addition are two). */
export interface EngineSpeed {
  /** Product of two square matrices of 512; of 128 on plain JavaScript. */
  matmulGflops: number;
  /** Forward pass of a 3 x 3 convolution, 32 channels, 64 x 64 pixels, batch 4; 16 x 16 pixels, batch 1 on plain JavaScript. */
  convolutionGflops: number;
  /** The same with instance norm and leaky ReLU behind it. */
  forwardGflops: number;
  /** A training step of that: forward, and the gradients of input and kernel; the operations are the convolutions' alone. */
  trainingGflops: number;
}

/** Plain JavaScript would need minutes for what takes the others milliseconds. */
const workFor = (backend: string) =>
  backend === 'cpu' ? { side: 128, edge: 16, batch: 1 } : { side: 512, edge: 64, batch: 4 };
const channels = 32;

/**
 * Measures the engine in use, the fastest of several runs each.
 *
 * @param options `seconds` to spend in all, about, default 2; `precision` of the training step, default float32.
 * @throws TfjsEngineError `precision-unsupported`
 */
export async function benchmarkEngine({
  seconds = 2,
  precision: wanted = 'float32',
}: { seconds?: number; precision?: PrecisionChoice } = {}): Promise<EngineSpeed> {
  const precision = choosePrecision(wanted);
  const { side, edge, batch } = workFor(tf.getBackend());
  const convolutionGflop = (2 * 9 * channels * channels * edge * edge * batch) / 1e9;
  const variable = (shape: number[], seed: number) =>
    tf.tidy(() => tf.variable(tf.randomUniform(shape, -0.1, 0.1, 'float32', seed)));
  const image = variable([batch, edge, edge, channels], 1);
  const kernel = variable([3, 3, channels, channels], 2);
  const scale = variable([channels], 4);
  const offset = variable([channels], 5);
  const matrix = tf.randomUniform([side, side], -1, 1, 'float32', 3);
  const convolved = () => convolution(image, kernel, { padding: 1 });
  const layer = () => instanceNorm(convolved(), scale, offset, { leakyReluSlope: 0.01 });
  const share = seconds / 4;
  try {
    const matmulGflops = await fastest(share, (2 * side ** 3) / 1e9, () => tf.matMul(matrix, matrix));
    const convolutionGflops = await fastest(share, convolutionGflop, () => infer(convolved));
    const forwardGflops = await fastest(share, convolutionGflop, () => infer(layer));
    const trainingGflops = await fastest(share, 3 * convolutionGflop, () => {
      const { value, gradients } = differentiate(
        () => composed([layer()], (y) => tf.sum(y)) as tf.Scalar,
        [image, kernel],
        { precision },
      );
      value.dispose();
      gradients[0]?.dispose();
      return gradients[1]!;
    });
    return { matmulGflops, convolutionGflops, forwardGflops, trainingGflops };
  } finally {
    tf.dispose([image, kernel, scale, offset, matrix]);
  }
}

/** Runs until the time is over, at least three times; the first does not count. */
async function fastest(seconds: number, gflop: number, run: () => Tensor): Promise<number> {
  const end = Date.now() + seconds * 1000;
  let best = Infinity;
  for (let i = 0; i < 3 || Date.now() < end; i += 1) {
    const start = performance.now();
    const result = run();
    await result.data();
    result.dispose();
    if (i > 0) {
      best = Math.min(best, (performance.now() - start) / 1000);
    }
  }
  return gflop / best;
}
