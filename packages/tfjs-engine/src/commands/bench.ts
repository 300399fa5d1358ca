import { defineCommand } from '@fractura/command-line';

import { benchmarkEngine } from '../doctor/benchmark-engine.js';
import { speedLine } from '../doctor/doctor-table.js';
import { engineOption, precisionOption } from '../engine-options.js';
import { useEngine } from '../engines/use-engine.js';
import { headings } from './headings.js';

/** `fractura engine bench`: how fast an engine is. */
export const benchCommand = defineCommand({
  ...headings.bench,
  positionals: {},
  options: {
    ...engineOption,
    seconds: { kind: 'number', exclusiveMinimum: 0, describe: 'seconds to spend', default: 5 },
    precision: {
      ...precisionOption.precision,
      describe: 'number format of the training step; auto is bfloat16 where the processor computes with it',
      default: 'float32',
    },
  },
  examples: [
    ['--engine wasm', 'measures the WebAssembly engine'],
    ['--precision bfloat16', 'measures the training step in bfloat16'],
  ],
  run: async ({ engine, seconds, precision }, { print, json }) => {
    const used = await useEngine({ prefer: engine });
    const speed = await benchmarkEngine({ seconds, precision });
    const { name, version, device } = used;
    if (json) {
      print({ engine: name, version, device, ...speed });
    } else {
      print(`${name} ${version} (${device}): ${speedLine(speed)}`);
    }
  },
});
