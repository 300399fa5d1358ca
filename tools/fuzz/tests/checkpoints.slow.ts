import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countInputChannels, readArchitecture, readLabels, resolveNetworkConfiguration } from '@fractura/nnunet-format';
import { temporaryFolder } from '@fractura/testing';
import { encodeSafetensors, readSafetensors } from '@fractura/torch-weights';
import { readUnetCheckpoint } from '@fractura/unet-model';
import { convertCheckpoint } from '@fractura/nnunet';
import { useEngine } from '@fractura/tfjs-engine';
import { expect, test } from '@jest/globals';
import { fuzz, mutateJsonText } from '../src/index.js';

const models = fileURLToPath(new URL('../../../packages/nnunet/tests/fixtures/models/plain/model/', import.meta.url));

test('the record in a checkpoint', async () => {
  const folder = await temporaryFolder('fuzz-');
  const sound = join(folder, 'checkpoint_final.safetensors');
  await useEngine({ prefer: 'cpu' });
  await convertCheckpoint({
    input: join(models, readdirSync(models)[0], 'fold_0/checkpoint_final.pth'),
    output: sound,
  });
  const { metadata } = await readSafetensors(sound);
  const record: unknown = JSON.parse(metadata!.checkpoint);
  const file = join(folder, 'mutant.safetensors');
  const { read } = await fuzz({
    make: (draw) => mutateJsonText(record, draw),
    read: async (json) => {
      const checkpoint = Buffer.from(json).toString();
      await writeFile(file, encodeSafetensors(new Map(), { metadata: { checkpoint } }));
      const { init_args: args } = (await readUnetCheckpoint(file)).record;
      const plan = resolveNetworkConfiguration(args.plans, args.configuration);
      readArchitecture(plan.architecture);
      readLabels(args.dataset_json);
      countInputChannels(plan, args.dataset_json);
    },
  });
  expect(read).toBeGreaterThan(20);
});
