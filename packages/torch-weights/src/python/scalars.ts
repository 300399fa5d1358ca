/** A Python complex number. */
export class PythonComplex {
  constructor(
    readonly real: number,
    readonly imaginary: number,
  ) {}
}

/** A Python slice. */
export class PythonSlice<Value = unknown> {
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {}
}

/** A `torch.device`. */
export class TorchDevice {
  constructor(
    /** Such as `cpu` or `cuda`. */
    readonly type: string,
    readonly index: number | null = null,
  ) {}

  toString(): string {
    return this.index === null ? this.type : `${this.type}:${this.index}`;
  }
}

/** An element type as a value of its own, as in `torch.float16`. */
export class TorchDtypeValue {
  constructor(
    /** Without `torch.`, such as `float16`. */
    readonly dtype: string,
  ) {}
}

/** A Python function or class by name, for pickles that refer to one; it is never looked up, let alone called. */
export class PythonReference {
  constructor(
    /** With its module, such as `builtins.print`. */
    readonly qualifiedName: string,
  ) {}
}
