import type { PythonValue } from '../python/python-value.js';
import { instructions, type Instruction } from './instructions.js';
import { opcodes } from './opcodes.js';
import { PickleMachine, type UnpickleOptions } from './pickle-machine.js';

interface Known {
  name: string;
  run: Instruction | undefined;
}

const byOpcode: (Known | undefined)[] = [];
for (const [name, opcode] of Object.entries(opcodes)) {
  byOpcode[opcode] = { name, run: instructions[name] };
}

/**
 * Reads one pickle (protocols 2 to 5) into data. Nothing in the file is executed: each name is looked up in a list of constructors, and
 * names that are not on the list are refused.
 *
 * @returns the value, and where the pickle ends
 * @throws TorchWeightsError `invalid-torch-file`, `constructor-refused`
 * @see Python's Lib/pickletools.py, the specification of the opcodes
 */
export function unpickle(bytes: Uint8Array, options: UnpickleOptions): { value: PythonValue; end: number } {
  const machine = new PickleMachine(bytes, options);
  const { cursor } = machine;
  for (;;) {
    const opcode = cursor.uint8();
    if (opcode === opcodes.STOP) {
      return { value: machine.finish(), end: cursor.position };
    }
    const known = byOpcode[opcode];
    if (known?.run === undefined) {
      throw machine.fail(
        known ? `its pickle uses ${known.name}, which torch.save does not` : `${opcode} is not a pickle opcode`,
      );
    }
    known.run(machine);
  }
}
