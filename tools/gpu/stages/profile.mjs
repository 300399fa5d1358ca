/** Where a small-lesions step spends its time on WebGPU: each program's time by the GPU's own clock, summed by the program's name. */
import { useEngine } from '@fractura/tfjs-engine';
import { smallLesionsRecipe } from '@fractura/unet-model';
import * as tf from '@tensorflow/tfjs';
import { openTraining, planOfSize } from '../open-training.mjs';
import { record } from '../record.mjs';

const shown = 14;

export async function run({ tiny }) {
  await useEngine({ prefer: 'webgpu' });
  const { stepOn, makeBatch } = await openTraining(planOfSize(tiny ? 64 : 448, tiny ? 2 : 8), smallLesionsRecipe());
  const batch = await makeBatch(0);
  await stepOn(batch);
  await stepOn(batch);

  const kernels = new Map();
  const backend = tf.backend();
  const { runWebGPUProgram } = backend;
  let dispatches = 0;
  backend.runWebGPUProgram = (program, ...rest) => {
    dispatches += 1;
    const begin = performance.now();
    const result = runWebGPUProgram.call(backend, program, ...rest);
    const { name } = program.constructor;
    const known = kernels.get(name) ?? { javascript: 0, count: 0 };
    kernels.set(name, { javascript: known.javascript + performance.now() - begin, count: known.count + 1 });
    return result;
  };
  const begin = performance.now();
  const finished = stepOn(batch);
  const issuing = performance.now() - begin;
  await finished;
  const whole = performance.now() - begin;
  const inPrograms = [...kernels.values()].reduce((sum, { javascript }) => sum + javascript, 0);
  backend.runWebGPUProgram = runWebGPUProgram;
  record(
    'small-lesions step, unobserved by the GPU',
    `${whole.toFixed(0)} ms, of which ${issuing.toFixed(0)} ms issue ${dispatches} programs (${inPrograms.toFixed(0)} ms within runWebGPUProgram)`,
    { kernels: Object.fromEntries(kernels) },
  );

  let last;
  const info = await tf.time(() => {
    last = stepOn(batch);
  });
  await last;
  const programs = info
    .getExtraProfileInfo()
    .split(', ')
    .map((entry) => entry.split(': '));
  const sums = new Map();
  for (const [name, ms] of programs) {
    const { total = 0, count = 0, longest = 0 } = sums.get(name) ?? {};
    sums.set(name, { total: total + Number(ms), count: count + 1, longest: Math.max(longest, Number(ms)) });
  }
  const sorted = [...sums].sort(([, a], [, b]) => b.total - a.total);
  record("small-lesions step, by the GPU's clock", `${info.kernelMs.toFixed(1)} ms in ${programs.length} programs`, {
    programs,
  });
  for (const [name, { total, count, longest }] of sorted.slice(0, shown)) {
    record(`  ${name}`, `${total.toFixed(1)} ms in ${count}, the longest ${longest.toFixed(2)} ms`);
  }
}
