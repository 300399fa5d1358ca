import { arrayClasses, elementCount, swapByteOrder, viewElements } from '@fractura/array-files';
import { TorchWeightsError } from '../errors.js';
import { damagedFile } from '../pickle/pickle-error.js';
import { elementBytes, elementLayouts } from '../tensors/tensor.js';
import { resolveLazyView } from '../tensors/resolve-lazy-view.js';
import { copyStrided, isContiguous } from '../tensors/strides.js';
import type { TorchStorage, TorchTensor } from '../tensors/torch-tensor.js';

/** Bytes of a storage, by its pickle. */
export const storageBytes = ({ dtype, elements }: TorchStorage): number =>
  dtype === undefined ? elements : elements * elementBytes(dtype);

/** What tensors are filled from. */
export interface FillOptions {
  file: string;
  /** Storages by key, each as long as {@link storageBytes} says. */
  bytes: ReadonlyMap<string, Uint8Array>;
  isBigEndian: boolean;
  /** Bytes that copies of views may take in all. */
  maxCopiedBytes: number;
}

/**
 * Gives tensors their elements. Contiguous ones look into the storage, others are copied.
 *
 * @throws TorchWeightsError `invalid-torch-file` for a tensor beyond its storage, `too-large` where the copies exceed what
 * is allowed, as a small file can make them with strides of 0
 */
export function fillTensors(
  tensors: readonly TorchTensor[],
  { file, bytes, isBigEndian, maxCopiedBytes }: FillOptions,
): void {
  const swapped = new Set<string>();
  let left = maxCopiedBytes;
  for (const tensor of tensors) {
    const { dtype, shape, storage, view } = tensor;
    const raw = bytes.get(storage.key)!;
    const subject = `tensor of shape [${shape.join(', ')}]`;
    const elements = Math.floor(raw.byteLength / elementBytes(dtype));
    const { storage: carrier, components } = elementLayouts[dtype];
    if (!Number.isSafeInteger(elementCount(shape)) || furthest(tensor) > elements) {
      throw damagedFile(file, `a ${subject} reaches beyond its storage of ${elements} elements`);
    }
    if (isBigEndian && !swapped.has(storage.key)) {
      swapByteOrder(raw, arrayClasses[carrier].BYTES_PER_ELEMENT);
      swapped.add(storage.key);
    }
    const all = viewElements(carrier, raw, 0, elements * components);
    const isLazy = view.conjugated === true || view.negated === true;
    if (!isLazy && isContiguous(shape, view.stride)) {
      tensor.data = all.subarray(view.offset * components, (view.offset + elementCount(shape)) * components);
      continue;
    }
    left -= elementCount(shape) * elementBytes(dtype);
    if (left < 0) {
      throw new TorchWeightsError(
        `${file}: A ${subject} is a view that needs more memory than the file's size justifies.`,
        {
          code: 'too-large',
          remedy: 'Save the tensor after .contiguous(), or raise maxCopiedBytes if you trust the file.',
        },
      );
    }
    tensor.data = copyStrided(all, shape, view, components);
    resolveLazyView(tensor.data, dtype, view);
  }
}

/** Elements of the storage up to the last that a tensor looks at; 0 for none. */
function furthest({ shape, view: { offset, stride } }: TorchTensor): number {
  if (shape.includes(0)) {
    return 0;
  }
  return shape.reduce((last, size, axis) => last + (size - 1) * stride[axis], offset) + 1;
}
