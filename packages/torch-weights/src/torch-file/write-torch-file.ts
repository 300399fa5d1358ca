import { basename } from 'node:path';
import { encodeZip, writeBeside } from '@fractura/array-files';
import { encodeValue } from './encode-value.js';
import type { PythonInput } from './python-input.js';

/** As torch.save aligns storages since 2.5, so that they can be mapped into memory. */
const alignment = 64;

function members(value: PythonInput, folder: string) {
  const { pickle, storages } = encodeValue(value);
  return [
    { name: `${folder}/data.pkl`, bytes: pickle },
    { name: `${folder}/byteorder`, bytes: Buffer.from('little') },
    ...storages.map((bytes, key) => ({ name: `${folder}/data/${key}`, bytes })),
    { name: `${folder}/version`, bytes: Buffer.from('3\n') },
  ];
}

/**
 * A PyTorch file in memory; see {@link writeTorchFile}.
 *
 * @throws TorchWeightsError `invalid-value`, `invalid-tensor`
 */
export function encodeTorchFile(value: PythonInput): Uint8Array {
  return Buffer.concat([...encodeZip(members(value, 'archive'), { alignment })]);
}

/**
 * Writes a `.pth` file that `torch.load` reads, with `weights_only=True` too, beside its place and renames it.
 *
 * Whole numbers become ints (wrap a float in {@link PythonFloat}), arrays lists, Maps and plain objects dicts. Tensors over
 * one array share a storage. numpy's scalars become Python's numbers. The same value gives the same bytes.
 *
 * @throws TorchWeightsError `invalid-value`, `invalid-tensor`
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writeTorchFile(
  path: string,
  value: PythonInput,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const folder = basename(path).replace(/\.[^.]*$/, '') || 'archive';
  await writeBeside(path, encodeZip(members(value, folder), { alignment }), { signal });
}
