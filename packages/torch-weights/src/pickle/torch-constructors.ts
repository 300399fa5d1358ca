import { describeValue } from '@fractura/errors';
import { TorchSize } from '../python/containers.js';
import type { PythonValue } from '../python/python-value.js';
import { TorchDevice, TorchDtypeValue } from '../python/scalars.js';
import { elementLayouts, type TorchDtype } from '../tensors/tensor.js';
import { TorchTensor, type TensorView } from '../tensors/torch-tensor.js';
import { count, counts, instance, text, tuple, ArgumentMismatch } from './expect.js';
import { Constructor, StorageClass, StorageHandle, type PickleValue } from './pickle-value.js';

/** PyTorch's names of its storage classes. */
export const storageClasses: Readonly<Record<string, TorchDtype>> = {
  DoubleStorage: 'float64',
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
  ComplexFloatStorage: 'complex64',
  ComplexDoubleStorage: 'complex128',
};

/** Element types that PyTorch has and this package carries only by name. */
const otherDtypes = ['float8_e4m3fnuz', 'float8_e5m2fnuz', 'complex32', 'qint8', 'quint8', 'qint32'];

/** PyTorch's second names, such as `torch.half`. */
const isDtype = (name: string): name is TorchDtype => Object.hasOwn(elementLayouts, name);

function rebuildTensor([handle, offset, shape, stride, requiresGrad, , metadata]: PickleValue[]): TorchTensor {
  const { storage } = instance(handle, StorageHandle);
  if (storage.dtype === undefined) {
    throw new ArgumentMismatch('the storage has no element type');
  }
  return makeTensor(storage.dtype, storage, { offset, shape, stride, requiresGrad, metadata });
}

/** For element types without a storage class of their own. */
function rebuildTensorOfDtype([
  handle,
  offset,
  shape,
  stride,
  requiresGrad,
  ,
  dtype,
  metadata,
]: PickleValue[]): TorchTensor {
  const { storage } = instance(handle, StorageHandle);
  const name = instance(dtype, TorchDtypeValue).dtype;
  if (!isDtype(name)) {
    throw new ArgumentMismatch(`the element type ${name} is not supported`);
  }
  return makeTensor(name, storage, { offset, shape, stride, requiresGrad, metadata });
}

function makeTensor(
  dtype: TorchDtype,
  storage: StorageHandle['storage'],
  given: Record<'offset' | 'shape' | 'stride' | 'requiresGrad' | 'metadata', PickleValue | undefined>,
): TorchTensor {
  const shape = counts(given.shape);
  const stride = counts(given.stride);
  if (shape.length !== stride.length) {
    throw new ArgumentMismatch('the shape and the strides have different ranks');
  }
  const tensor = new TorchTensor(dtype, shape, storage, {
    offset: count(given.offset),
    stride,
    ...lazyView(given.metadata),
  });
  tensor.requiresGrad = given.requiresGrad === true;
  return tensor;
}

/** What PyTorch puts off until a tensor is used. @see PyTorch: torch/_utils.py, set_tensor_metadata */
function lazyView(metadata: PickleValue | undefined): Pick<TensorView, 'conjugated' | 'negated'> {
  if (metadata === undefined || metadata === null) {
    return {};
  }
  const entries = instance(metadata, Map);
  const unknown = [...entries.keys()].find((key) => key !== 'conj' && key !== 'neg');
  if (unknown !== undefined) {
    throw new ArgumentMismatch(`the tensor's metadata ${describeValue(unknown)} is not known`);
  }
  return { conjugated: entries.get('conj') === true, negated: entries.get('neg') === true };
}

function rebuildParameter([tensor, requiresGrad]: PickleValue[]): TorchTensor {
  const { dtype, shape, storage, view } = instance(tensor, TorchTensor);
  const parameter = new TorchTensor(dtype, shape, storage, view);
  parameter.requiresGrad = requiresGrad === true;
  parameter.isParameter = true;
  return parameter;
}

function device([type, index]: PickleValue[]): TorchDevice {
  return new TorchDevice(text(type), index === undefined || index === null ? null : count(index));
}

/** Constructors of tensors call `register` for each, so that it gets its elements later. */
export function torchConstructors(register: (tensor: TorchTensor) => void): ReadonlyMap<string, PickleValue> {
  const registering = (build: (args: PickleValue[]) => TorchTensor) => (args: PickleValue[]) => {
    const tensor = build(args);
    register(tensor);
    return tensor;
  };
  const builds: Record<string, Constructor['build']> = {
    'torch._utils._rebuild_tensor': registering(rebuildTensor),
    'torch._utils._rebuild_tensor_v2': registering(rebuildTensor),
    'torch._utils._rebuild_tensor_v3': registering(rebuildTensorOfDtype),
    'torch._utils._rebuild_parameter': registering(rebuildParameter),
    'torch._utils._rebuild_parameter_with_state': registering(rebuildParameter),
    'torch.Size': ([sizes]) => TorchSize.over(tuple(sizes) as PythonValue[]),
    'torch.device': device,
  };
  return new Map<string, PickleValue>([
    ...Object.entries(builds).map(([name, build]): [string, PickleValue] => [name, new Constructor(name, build)]),
    ...Object.entries(storageClasses).map(([name, dtype]): [string, PickleValue] => [
      `torch.${name}`,
      new StorageClass(dtype),
    ]),
    ['torch.UntypedStorage', new StorageClass(undefined)],
    ['torch.storage.UntypedStorage', new StorageClass(undefined)],
    ...[...Object.keys(elementLayouts), ...otherDtypes].map((dtype): [string, PickleValue] => [
      `torch.${dtype}`,
      new TorchDtypeValue(dtype),
    ]),
  ]);
}
