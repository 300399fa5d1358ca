import { bytesOf, piecesOf, writeBeside } from '@fractura/array-files';
import { TorchWeightsError } from '../errors.js';
import { completeTensor, type TensorInput } from '../tensors/tensor.js';
import { codeOfDtype } from './dtype-codes.js';
import { maxHeaderBytes } from './parse-header.js';

/** Tensors by name. */
export type TensorInputs = ReadonlyMap<string, TensorInput> | Readonly<Record<string, TensorInput>>;

/** What to write beside the tensors. */
export interface WriteSafetensorsOptions {
  /** Goes into the header; values must be strings. PyTorch's writer puts `{ format: 'pt' }`. */
  metadata?: Readonly<Record<string, string>>;
}

const isMap = (tensors: TensorInputs): tensors is ReadonlyMap<string, TensorInput> => tensors instanceof Map;

/** Header and data in the order of the reference writer: by dtype, widest alignment first, then by name. */
function* layOut(tensors: TensorInputs, { metadata }: WriteSafetensorsOptions): Generator<Uint8Array> {
  const named: [string, TensorInput][] = isMap(tensors) ? [...tensors] : Object.entries(tensors);
  const entries = named.map(([name, input]) => {
    const tensor = completeTensor(name, input);
    const known = codeOfDtype(tensor.dtype);
    if (known === undefined || name === '__metadata__') {
      throw new TorchWeightsError(
        known === undefined
          ? `Tensor "${name}" is ${tensor.dtype}, which safetensors cannot store.`
          : 'No tensor may have the name "__metadata__".',
        { code: 'invalid-tensor', remedy: 'Correct the tensor that is to be written.' },
      );
    }
    return { name, ...tensor, ...known, nameBytes: Buffer.from(name) };
  });
  entries.sort((a, b) => b.rank - a.rank || Buffer.compare(a.nameBytes, b.nameBytes));
  let position = 0;
  const described = entries.map(({ name, code, shape, data }) => {
    const start = position;
    position += data.byteLength;
    return [name, { dtype: code, shape, data_offsets: [start, position] }] as const;
  });
  // Not Object.fromEntries: names that look like integers would change their order.
  const first = metadata === undefined ? [] : [['__metadata__', metadata] as const];
  const members = [...first, ...described].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const json = Buffer.from(`{${members.join(',')}}`);
  const padded = Math.ceil(json.byteLength / 8) * 8;
  if (padded > maxHeaderBytes) {
    throw new TorchWeightsError(`The header would take ${padded} bytes; the format allows ${maxHeaderBytes}.`, {
      code: 'invalid-tensor',
      remedy: 'Store fewer tensors or less metadata in one file.',
    });
  }
  const head = Buffer.alloc(8 + padded, ' ');
  head.writeBigUInt64LE(BigInt(padded), 0);
  json.copy(head, 8);
  yield head;
  for (const { data } of entries) {
    yield* piecesOf(bytesOf(data));
  }
}

/**
 * A `.safetensors` file in memory.
 *
 * @throws TorchWeightsError `invalid-tensor`.
 */
export function encodeSafetensors(tensors: TensorInputs, options: WriteSafetensorsOptions = {}): Uint8Array {
  return Buffer.concat([...layOut(tensors, options)]);
}

/**
 * Writes a `.safetensors` file beside its place and renames it; the bytes are streamed, so it may be of any size.
 *
 * @throws TorchWeightsError `invalid-tensor`.
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function writeSafetensors(
  path: string,
  tensors: TensorInputs,
  { signal, ...options }: WriteSafetensorsOptions & { signal?: AbortSignal } = {},
): Promise<void> {
  const pieces = layOut(tensors, options);
  // Computed here, so that a wrong tensor gives its own error and not that of a file that cannot be written.
  const head = pieces.next().value as Uint8Array;
  const all = function* () {
    yield head;
    yield* pieces;
  };
  await writeBeside(path, all(), { signal });
}
