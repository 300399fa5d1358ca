import { extname } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { TorchWeightsError } from '../errors.js';
import { OrderedDict } from '../python/containers.js';
import { writeSafetensors } from '../safetensors/write-safetensors.js';
import { readStateDict } from '../state-dict/read-state-dict.js';
import { writeTorchFile } from '../torch-file/write-torch-file.js';
import { headings } from './headings.js';

/** `fractura weights convert`: the tensors of a network from one format to the other. */
export const convertCommand = defineCommand({
  ...headings.convert,
  positionals: {
    input: { kind: 'string', describe: '.pth, .pt, .bin or .safetensors', required: true },
    output: { kind: 'string', describe: 'the file to write', required: true },
  },
  options: {
    key: {
      kind: 'string',
      describe: "key of the state dict in a checkpoint (default: the usual ones, nnU-Net's first)",
    },
  },
  examples: [
    ['checkpoint_final.pth weights.safetensors', "takes the network's weights out of a checkpoint"],
    ['resnet18.safetensors resnet18.pth', 'writes a state dict for torch.load'],
  ],
  run: async ({ input, output, key }, { print, note, signal, json }) => {
    const write = writers[extname(output).toLowerCase()];
    if (!write) {
      throw new TorchWeightsError(`${output} does not end in a format that can be written.`, {
        code: 'format-unknown',
        remedy: `Use one of the endings ${Object.keys(writers).join(', ')}.`,
      });
    }
    await refuseOverwrite({ inputs: [input], outputs: [output] });
    const tensors = await readStateDict(input, { key, signal });
    await write(output, tensors, signal);
    note(`${tensors.size} tensors.`);
    print(json ? { output, tensors: tensors.size } : output);
  },
});

type Write = (path: string, tensors: Awaited<ReturnType<typeof readStateDict>>, signal: AbortSignal) => Promise<void>;

/** As an OrderedDict, which is what a module's own `state_dict()` is. */
const writeTorch: Write = async (path, tensors, signal) => {
  await writeTorchFile(path, new OrderedDict(tensors), { signal });
};

const writers: Partial<Record<string, Write>> = {
  '.safetensors': (path, tensors, signal) => writeSafetensors(path, tensors, { metadata: { format: 'pt' }, signal }),
  '.pth': writeTorch,
  '.pt': writeTorch,
  '.bin': writeTorch,
};
