import type { PythonValue } from './python-value.js';

/** A Python tuple. */
export class PythonTuple extends Array<PythonValue> {
  /** A tuple of the items of a list; unlike the constructor, safe for a list of one number. */
  static over(items: readonly PythonValue[]): PythonTuple {
    const tuple = new this();
    for (const item of items) {
      tuple.push(item);
    }
    return tuple;
  }
}

/** A `torch.Size`. */
export class TorchSize extends PythonTuple {}

/** A Python frozenset. */
export class PythonFrozenSet extends Set<PythonValue> {}

/** A `collections.OrderedDict`, as PyTorch's state dicts are. */
export class OrderedDict<Value = PythonValue> extends Map<PythonValue, Value> {
  /** Attributes set on the object, such as a state dict's `_metadata`. */
  attributes?: Map<PythonValue, PythonValue>;
}

/** A `collections.defaultdict`; its factory is only a name. */
export class DefaultDict extends Map<PythonValue, PythonValue> {
  /** Such as `builtins.list`; null for none. */
  factory: string | null = null;
}
