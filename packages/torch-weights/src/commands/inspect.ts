import { elementCount } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import type { PythonValue } from '../python/python-value.js';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import { isSafetensorsFile } from '../state-dict/probe-file.js';
import type { Tensor } from '../tensors/tensor.js';
import { readTorchFile } from '../torch-file/read-torch-file.js';
import { TorchTensor } from '../tensors/torch-tensor.js';
import { headings } from './headings.js';
import { listContent, type ContentLine } from './list-content.js';

/** What a file of weights holds. */
interface Inspection {
  file: string;
  format: 'safetensors' | 'torch';
  tensors: number;
  /** Numbers in all tensors. */
  elements: number;
  content: ContentLine[];
}

/** `fractura weights inspect`: what a PyTorch or safetensors file holds. */
export const inspectCommand = defineCommand({
  ...headings.inspect,
  positionals: { file: { kind: 'string', describe: 'the file', required: true } },
  options: {},
  examples: [['checkpoint_final.pth', 'lists the tensors and settings of a checkpoint']],
  run: async ({ file }, { print, note, signal, json }) => {
    const inspection = await inspect(file, signal);
    if (json) {
      print(inspection);
      return;
    }
    const { content, tensors, elements } = inspection;
    for (const { path, what } of content) {
      print(path ? `${path}  ${what}` : what);
    }
    note(`${tensors} tensors, ${elements} numbers.`);
  },
});

async function inspect(file: string, signal: AbortSignal): Promise<Inspection> {
  if (await isSafetensorsFile(file)) {
    const { tensors, metadata = {} } = await readSafetensors(file, { signal });
    const content = [
      ...Object.entries(metadata).map(([key, what]) => ({ path: `__metadata__/${key}`, what })),
      ...[...tensors].map(([path, { dtype, shape }]) => ({ path, what: `${dtype} [${shape.join(', ')}]` })),
    ];
    return { file, format: 'safetensors', ...countTensors(tensors.values()), content };
  }
  const value = await readTorchFile(file, { signal });
  return { file, format: 'torch', ...countTensors(tensorsIn(value)), content: [...listContent(value)] };
}

function countTensors(tensors: Iterable<Pick<Tensor, 'shape'>>): { tensors: number; elements: number } {
  const counts = { tensors: 0, elements: 0 };
  for (const { shape } of tensors) {
    counts.tensors += 1;
    counts.elements += elementCount(shape);
  }
  return counts;
}

/** Every tensor of a value, once. */
function tensorsIn(value: PythonValue): Set<TorchTensor> {
  const seen = new Set<PythonValue>();
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) {
      continue;
    }
    seen.add(next);
    if (next instanceof Map) {
      waiting.push(...next.values());
    } else if (Array.isArray(next)) {
      waiting.push(...next);
    }
  }
  return new Set([...seen].filter((item) => item instanceof TorchTensor));
}
