import { PythonFrozenSet } from '../python/containers.js';
import type { PickleMachine } from './pickle-machine.js';

/** One step of a pickle; its operands follow the opcode. */
export type Instruction = (machine: PickleMachine) => void;

/** The longest whole number taken: 8192 bits, far beyond what a checkpoint holds. */
const maxIntegerBytes = 1024;

const integer = (machine: PickleMachine, length: number) => {
  if (length > maxIntegerBytes) {
    throw machine.fail(`its pickle holds a whole number of ${length} bytes`);
  }
  return machine.cursor.integer(length);
};
const latin1 = ({ cursor }: PickleMachine, length: number) => Buffer.from(cursor.slice(length)).toString('latin1');

/** Instructions that put one value, by Python's names of the opcodes. */
const scalars: Record<string, Instruction> = {
  NONE: (machine) => {
    machine.push(null);
  },
  NEWTRUE: (machine) => {
    machine.push(true);
  },
  NEWFALSE: (machine) => {
    machine.push(false);
  },
  BININT: (machine) => {
    machine.push(machine.cursor.int32());
  },
  BININT1: (machine) => {
    machine.push(machine.cursor.uint8());
  },
  BININT2: (machine) => {
    machine.push(machine.cursor.uint16());
  },
  LONG1: (machine) => {
    machine.push(integer(machine, machine.cursor.uint8()));
  },
  LONG4: (machine) => {
    machine.push(integer(machine, machine.cursor.uint32()));
  },
  BINFLOAT: (machine) => {
    machine.push(machine.cursor.float64());
  },
  SHORT_BINUNICODE: (machine) => {
    machine.push(machine.cursor.text(machine.cursor.uint8()));
  },
  BINUNICODE: (machine) => {
    machine.push(machine.cursor.text(machine.cursor.uint32()));
  },
  BINUNICODE8: (machine) => {
    machine.push(machine.cursor.text(machine.cursor.uint64()));
  },
  SHORT_BINSTRING: (machine) => {
    machine.push(latin1(machine, machine.cursor.uint8()));
  },
  BINSTRING: (machine) => {
    machine.push(latin1(machine, machine.cursor.uint32()));
  },
  SHORT_BINBYTES: (machine) => {
    machine.push(machine.cursor.slice(machine.cursor.uint8()));
  },
  BINBYTES: (machine) => {
    machine.push(machine.cursor.slice(machine.cursor.uint32()));
  },
  BINBYTES8: (machine) => {
    machine.push(machine.cursor.slice(machine.cursor.uint64()));
  },
  BYTEARRAY8: (machine) => {
    machine.push(machine.cursor.slice(machine.cursor.uint64()));
  },
};

const containers: Record<string, Instruction> = {
  EMPTY_LIST: (machine) => {
    machine.push([]);
  },
  EMPTY_TUPLE: (machine) => {
    machine.pushTuple([]);
  },
  EMPTY_DICT: (machine) => {
    machine.push(new Map());
  },
  EMPTY_SET: (machine) => {
    machine.push(new Set());
  },
  LIST: (machine) => {
    machine.push(machine.data(machine.closeGroup()));
  },
  TUPLE: (machine) => {
    machine.pushTuple(machine.closeGroup());
  },
  TUPLE1: (machine) => {
    machine.pushTuple(machine.takeLast(1));
  },
  TUPLE2: (machine) => {
    machine.pushTuple(machine.takeLast(2));
  },
  TUPLE3: (machine) => {
    machine.pushTuple(machine.takeLast(3));
  },
  DICT: (machine) => {
    const items = machine.closeGroup();
    machine.push(new Map());
    machine.setItems(items);
  },
  FROZENSET: (machine) => {
    machine.push(new PythonFrozenSet(machine.data(machine.closeGroup())));
  },
  APPEND: (machine) => {
    machine.append([machine.pop()]);
  },
  APPENDS: (machine) => {
    machine.append(machine.closeGroup());
  },
  SETITEM: (machine) => {
    machine.setItems(machine.takeLast(2));
  },
  SETITEMS: (machine) => {
    machine.setItems(machine.closeGroup());
  },
  ADDITEMS: (machine) => {
    machine.addItems(machine.closeGroup());
  },
};

const objects: Record<string, Instruction> = {
  PROTO: (machine) => {
    const protocol = machine.cursor.uint8();
    if (protocol > 5) {
      throw machine.fail(`its pickle has the unknown protocol ${protocol}`);
    }
  },
  FRAME: ({ cursor }) => {
    cursor.take(8);
  },
  MARK: (machine) => {
    machine.openGroup();
  },
  POP: (machine) => {
    machine.drop();
  },
  POP_MARK: (machine) => {
    machine.closeGroup();
  },
  DUP: (machine) => {
    machine.push(machine.top());
  },
  BINPUT: (machine) => {
    machine.memo.set(machine.cursor.uint8(), machine.top());
  },
  LONG_BINPUT: (machine) => {
    machine.memo.set(machine.cursor.uint32(), machine.top());
  },
  MEMOIZE: (machine) => {
    machine.memo.set(machine.memo.size, machine.top());
  },
  BINGET: (machine) => {
    machine.recall(machine.cursor.uint8());
  },
  LONG_BINGET: (machine) => {
    machine.recall(machine.cursor.uint32());
  },
  GLOBAL: (machine) => {
    const module = machine.cursor.line();
    machine.name(module, machine.cursor.line());
  },
  STACK_GLOBAL: (machine) => {
    const [module, name] = machine.takeLast(2);
    machine.name(module, name);
  },
  REDUCE: (machine) => {
    machine.call(machine.takeLast(2));
  },
  NEWOBJ: (machine) => {
    machine.call(machine.takeLast(2));
  },
  BUILD: (machine) => {
    machine.setState();
  },
  BINPERSID: (machine) => {
    machine.push(machine.options.loadPersistent(machine.pop()));
  },
};

/** All instructions of protocols 2 to 5 that torch.save's pickles use, and those of the same kind. */
export const instructions: Readonly<Record<string, Instruction>> = { ...scalars, ...containers, ...objects };
