import type { TypedArray } from '@fractura/array-files';
import type { PickleWriter } from '../pickle/pickle-writer.js';
import { storageClasses } from '../pickle/torch-constructors.js';
import { elementLayouts, type Tensor } from '../tensors/tensor.js';
import { contiguousStrides } from '../tensors/strides.js';

const classOfDtype = new Map(Object.entries(storageClasses).map(([name, dtype]) => [dtype, `torch.${name}`]));

/** Writes tensors into a pickle and collects what they are made of. */
export class TensorEncoder {
  readonly #keys = new Map<TypedArray, number>();

  constructor(readonly writer: PickleWriter) {}

  /** The storages in the order of their keys, from 0. */
  get storages(): TypedArray[] {
    return [...this.#keys.keys()];
  }

  write(tensor: Tensor, { requiresGrad = false, isParameter = false } = {}): void {
    const { writer } = this;
    if (!isParameter) {
      this.#writeTensor(tensor, requiresGrad);
      return;
    }
    writer.reduce('torch._utils._rebuild_parameter', () => {
      this.#writeTensor(tensor, false);
      writer.code(requiresGrad ? 'NEWTRUE' : 'NEWFALSE');
      this.#writeNoHooks();
    });
  }

  /** Element types without a storage class of their own are kept in an untyped one, as bytes. */
  #writeTensor({ dtype, shape, data }: Tensor, requiresGrad: boolean): void {
    const { writer } = this;
    const key = this.#keys.get(data) ?? this.#keys.size;
    this.#keys.set(data, key);
    const storageClass = classOfDtype.get(dtype);
    writer.reduce(`torch._utils._rebuild_tensor_v${storageClass ? 2 : 3}`, () => {
      writer.tuple(() => {
        writer.text('storage');
        writer.global(storageClass ?? 'torch.storage.UntypedStorage');
        writer.text(String(key));
        writer.text('cpu');
        writer.integer(storageClass ? data.length / elementLayouts[dtype].components : data.byteLength);
      });
      writer.code('BINPERSID');
      writer.integer(0);
      this.#writeCounts(shape);
      this.#writeCounts(contiguousStrides(shape));
      writer.code(requiresGrad ? 'NEWTRUE' : 'NEWFALSE');
      this.#writeNoHooks();
      if (!storageClass) {
        writer.global(`torch.${dtype}`);
      }
    });
  }

  #writeCounts(counts: readonly number[]): void {
    this.writer.tuple(() => {
      for (const count of counts) {
        this.writer.integer(count);
      }
    });
  }

  #writeNoHooks(): void {
    this.writer.reduce('collections.OrderedDict', () => undefined);
  }
}
