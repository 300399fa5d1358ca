import type { TypedArray } from '@fractura/array-files';
import type { Tensor, TorchDtype } from './tensor.js';

/** A storage of a file: the block of elements that tensors look into. */
export interface TorchStorage {
  /** Its name in the file; tensors of one storage have the same. */
  readonly key: string;
  /** Undefined where the file stores bytes only and the tensor tells their type. */
  readonly dtype: TorchDtype | undefined;
  /** Elements, or bytes where there is no dtype. */
  readonly elements: number;
  /** Such as `cpu` or `cuda:0`. */
  readonly location: string;
}

/** How a tensor looks into its storage, in elements. */
export interface TensorView {
  offset: number;
  stride: readonly number[];
  /** Of `conj()`, which PyTorch does when the tensor is used; it is done in `data`. */
  conjugated?: boolean;
  /** Of the imaginary part of a conjugate; it is done in `data`. */
  negated?: boolean;
}

/**
 * A tensor of a PyTorch file, dense and in C order whatever its strides are. Contiguous tensors of one storage share their
 * array's buffer; others are copies.
 */
export class TorchTensor implements Tensor {
  /** Filled when the storages have been read. */
  data: TypedArray = new Uint8Array(0);
  requiresGrad = false;
  /** Whether it is a `torch.nn.Parameter`. */
  isParameter = false;

  constructor(
    readonly dtype: TorchDtype,
    readonly shape: number[],
    readonly storage: TorchStorage,
    readonly view: TensorView,
  ) {}
}
