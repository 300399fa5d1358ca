import { PythonFrozenSet, PythonTuple } from '../python/containers.js';
import type { PythonValue } from '../python/python-value.js';
import { ByteCursor } from './byte-cursor.js';
import { damagedFile, refusedConstructor } from './pickle-error.js';
import { Constructor, isTool, type PickleValue } from './pickle-value.js';

/** What a pickle may refer to beyond itself. */
export interface UnpickleOptions {
  /** For messages. */
  file: string;
  /** Where the pickle begins; default 0. */
  start?: number;
  /** Gives what may be named; undefined refuses. */
  findGlobal: (module: string, name: string) => PickleValue | undefined;
  /** Sets the state of a value that has been built; false where it takes none. */
  setState: (target: PickleValue, state: PickleValue) => boolean;
  /** Gives what a persistent id stands for. */
  loadPersistent: (id: PickleValue) => PickleValue;
}

/** The stack, the groups and the memory that a pickle's instructions work on. */
export class PickleMachine {
  readonly cursor: ByteCursor;
  readonly memo = new Map<number, PickleValue>();
  #stack: PickleValue[] = [];
  readonly #outer: PickleValue[][] = [];
  /** Tuples that hold constructors or storages: arguments, not data. */
  readonly #toolTuples = new WeakSet<PythonTuple>();

  constructor(
    bytes: Uint8Array,
    readonly options: UnpickleOptions,
  ) {
    this.cursor = new ByteCursor(bytes, options.start ?? 0, this.fail);
  }

  fail = (what: string): Error => damagedFile(this.options.file, what);

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    return this.takeLast(1)[0];
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) {
      throw this.#missing();
    }
    return value;
  }

  takeLast(count: number): PickleValue[] {
    if (this.#stack.length < count) {
      throw this.#missing();
    }
    return this.#stack.splice(this.#stack.length - count);
  }

  openGroup(): void {
    this.#outer.push(this.#stack);
    this.#stack = [];
  }

  closeGroup(): PickleValue[] {
    const items = this.#stack;
    const before = this.#outer.pop();
    if (before === undefined) {
      throw this.fail('its pickle closes a group that was not opened');
    }
    this.#stack = before;
    return items;
  }

  /** Drops the last value, or an empty group. */
  drop(): void {
    if (this.#stack.length === 0) {
      this.closeGroup();
    } else {
      this.pop();
    }
  }

  /** The result, which must be the only value left. */
  finish(): PythonValue {
    const [value] = this.data([this.pop()]);
    if (this.#stack.length > 0 || this.#outer.length > 0) {
      throw this.fail('its pickle ends with values left over');
    }
    return value;
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) {
      throw this.fail(`its pickle refers to the unknown value ${index}`);
    }
    this.push(value);
  }

  name(module: PickleValue, name: PickleValue): void {
    if (typeof module !== 'string' || typeof name !== 'string') {
      throw this.fail('its pickle refers to a name that is not a string');
    }
    const found = this.options.findGlobal(module, name);
    if (found === undefined) {
      throw refusedConstructor(this.options.file, `${module}.${name}`);
    }
    this.push(found);
  }

  call([target, args]: PickleValue[]): void {
    if (!(target instanceof Constructor)) {
      throw this.fail('its pickle calls something that is not a constructor');
    }
    if (!(args instanceof PythonTuple)) {
      throw this.fail(`its pickle calls ${target.name} without a tuple of arguments`);
    }
    this.push(target.build(args));
  }

  /** Checks that values may stand in the result. */
  data(values: PickleValue[]): PythonValue[] {
    for (const value of values) {
      if (isTool(value) || (value instanceof PythonTuple && this.#toolTuples.has(value))) {
        throw this.fail('its pickle puts a constructor or a storage among the data');
      }
    }
    return values as PythonValue[];
  }

  pushTuple(items: PickleValue[]): void {
    const tuple = PythonTuple.over(items as PythonValue[]);
    if (items.some((item) => isTool(item) || (item instanceof PythonTuple && this.#toolTuples.has(item)))) {
      this.#toolTuples.add(tuple);
    }
    this.push(tuple);
  }

  append(items: PickleValue[]): void {
    const list = this.top();
    if (!Array.isArray(list) || list instanceof PythonTuple) {
      throw this.fail('its pickle appends to something that is not a list');
    }
    for (const item of this.data(items)) {
      list.push(item);
    }
  }

  setItems(items: PickleValue[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || items.length % 2 === 1) {
      throw this.fail('its pickle sets items of something that is not a dict');
    }
    const pairs = this.data(items);
    for (let i = 0; i < pairs.length; i += 2) {
      dict.set(pairs[i], pairs[i + 1]);
    }
  }

  addItems(items: PickleValue[]): void {
    const set = this.top();
    if (!(set instanceof Set) || set instanceof PythonFrozenSet) {
      throw this.fail('its pickle adds to something that is not a set');
    }
    for (const item of this.data(items)) {
      set.add(item);
    }
  }

  setState(): void {
    const state = this.pop();
    if (!this.options.setState(this.top(), state)) {
      throw this.fail('its pickle sets the state of a value that has none');
    }
  }

  #missing(): Error {
    return this.fail('its pickle takes a value from an empty stack');
  }
}
