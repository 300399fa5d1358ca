/** `node stage.mjs NAME [tiny]`: one stage of the checks in a process of its own, so that its crash ends no other. */
const stages = {
  device: () => import('./stages/device.mjs'),
  operations: () => import('./stages/operations.mjs'),
  'parity-plan': async () => (await import('./stages/training-parity.mjs')).plan,
  'parity-classifier': async () => (await import('./stages/training-parity.mjs')).classifier,
  'parity-small-lesions': async () => (await import('./stages/training-parity.mjs')).smallLesions,
  prediction: () => import('./stages/prediction.mjs'),
  'time-plan': async () => (await import('./stages/step-time.mjs')).plan,
  'time-small-lesions': async () => (await import('./stages/step-time.mjs')).smallLesions,
  profile: () => import('./stages/profile.mjs'),
  learning: () => import('./stages/learning.mjs'),
};

const [name, size] = process.argv.slice(2);
const stage = await stages[name]();
await stage.run({ tiny: size === 'tiny' });
process.exit(0);
