/**
 * Every operation of the engine's own tests on WebGPU: value, and gradients of a weighted sum of it, against the plain composition on
 * the CPU backend. As `packages/tfjs-engine/tests/operations/parity.ts` does it, but reading asynchronously, as WebGPU must in Node.
 */
import { useEngine } from '@fractura/tfjs-engine';
import { composed, differentiate, infer } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { cases } from '../../../packages/tfjs-engine/tests/operations/cases.ts';
import { seededTensor } from '../../../packages/tfjs-engine/tests/seeded-tensor.ts';
import { record } from '../record.mjs';
import { relativeDifference, valuesOf } from '../compare-values.mjs';

const tolerance = 1e-4;

export async function run({ tiny }) {
  const chosen = tiny ? cases.filter((_, i) => i % 6 === 0) : cases;
  const expected = await onCpu(chosen.map(([, operation]) => operation));
  await useEngine({ prefer: 'webgpu' });
  const faults = [];
  tf.backend().device.onuncapturederror = ({ error }) => faults.push(error.message);
  const failures = [];
  let worst = 0;
  for (const [i, [name, operation]] of chosen.entries()) {
    faults.length = 0;
    try {
      const found = await compute(operation);
      const off = found.map((values, part) => relativeDifference(values, expected[i][part]));
      worst = Math.max(worst, ...off.filter((value) => value < tolerance));
      const wrong = off.flatMap((value, part) =>
        value < tolerance ? [] : [`${partName(part)} off by ${value.toExponential(1)}`],
      );
      if (wrong.length > 0) {
        failures.push(name);
        record(name, `WRONG: ${wrong.join(', ')}${faults.length > 0 ? `; ${firstFault(faults)}` : ''}`, {
          off,
          faults,
        });
      }
    } catch (error) {
      failures.push(name);
      record(name, `FAILED: ${error.message.split('\n')[0]}`, { stack: error.stack });
    }
  }
  const right = chosen.length - failures.length;
  record(
    'operations equal to the CPU backend',
    `${right} of ${chosen.length}; largest difference ${worst.toExponential(1)} of the largest value`,
    {
      failures,
    },
  );
}

/** The cause, as Dawn says it; later messages follow from it. */
const firstFault = ([message]) => message.split('\n')[0];

const partName = (part) => ['value', 'value on the way to gradients'][part] ?? `gradient ${part - 2}`;

/** Inputs anew for each backend: WebGPU's tensors cannot be moved to another synchronously. */
const inputsOf = ({ inputs }) => inputs.map((shape, i) => tf.variable(seededTensor(shape, i + 1)));

const weighted = (y) => tf.sum(tf.mul(y, seededTensor(y.shape, 99)));

async function onCpu(operations) {
  await useEngine({ prefer: 'cpu' });
  const results = [];
  for (const operation of operations) {
    const variables = inputsOf(operation);
    const value = operation.plain(...variables);
    const gradients = tf.grads((...xs) => weighted(operation.plain(...xs)))(variables);
    const shared = await valuesOf(value);
    results.push([shared, shared, ...(await Promise.all(gradients.map(valuesOf)))]);
    tf.dispose([value, ...gradients, ...variables]);
  }
  return results;
}

async function compute(operation) {
  const variables = inputsOf(operation);
  const alone = infer(() => operation.ours(...variables));
  let output;
  const { value, gradients } = differentiate(() => {
    const y = operation.ours(...variables);
    output = tf.keep(tf.clone(y));
    return composed([y], weighted);
  }, variables);
  const results = await Promise.all([alone, output, ...gradients].map(valuesOf));
  tf.dispose([alone, output, value, ...gradients, ...variables]);
  return results;
}
