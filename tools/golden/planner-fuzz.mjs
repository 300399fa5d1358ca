/**
 * Plans again what real nnU-Net planned (planner-fuzz.py) and compares the files byte for byte:
 *
 *     node tools/golden/planner-fuzz.mjs vectors.jsonl
 *
 * Needs a build of nnunet-planner. Ends with status 1 where a plan differs.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { encodePlans, planExperiment } from '../../packages/nnunet-planner/dist/index.js';

let same = 0;
let failures = 0;
const different = [];
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const vector = JSON.parse(line);
  const { dataset, datasetJson, fingerprint, planner, options } = vector;
  const name = `${vector.number} ${vector.kind} ${planner} ${JSON.stringify(options)}`;
  let ours;
  try {
    ours = encodePlans(
      planExperiment({
        dataset: { name: dataset, reader: 'SimpleITKIO', datasetJson },
        fingerprint,
        planner,
        gpuMemoryTargetGb: options.gpu_memory_target_in_gb,
        overwriteTargetSpacing: options.overwrite_target_spacing,
        plansName: options.overwrite_plans_name,
      }),
    );
  } catch (error) {
    ours = error.message;
  }
  if (vector.failure !== undefined) {
    failures += 1;
    console.error(`${name}: nnU-Net fails (${vector.failure}), we: ${ours.slice(0, 200)}`);
  } else if (ours === vector.plans) {
    same += 1;
  } else {
    different.push([name, firstDifference(vector.plans, ours)]);
  }
}
for (const [name, where] of different) {
  console.log(`${name}\n${where}`);
}
console.log(`${same} equal, ${different.length} different, ${failures} that nnU-Net itself cannot plan`);
process.exitCode = different.length > 0 ? 1 : 0;

function firstDifference(theirs, ours) {
  const [a, b] = [theirs.split('\n'), ours.split('\n')];
  const at = a.findIndex((text, i) => text !== b[i]);
  return `  line ${at + 1}\n  nnU-Net: ${a.slice(at, at + 4).join(' ')}\n  ours:    ${b.slice(at, at + 4).join(' ')}`;
}
