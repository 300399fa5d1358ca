// Compares what `fractura predict` writes with what real nnU-Net writes, in many ways of calling it.
//
//   npm run interop -- predict [SCENARIO ...]
//
// make_models.py makes nnU-Net checkpoints with random weights and images for them. nnU-Net adds windows up in float16; here it
// is asked for float32, as ours does, so that all else must be equal: file names, geometry, properties, every label, and
// probabilities within 1e-3.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, callNnunet, callScript, differences, program } from './programs.mjs';

/** For each scenario of make_models.py, options of calls; what goes into one output folder is one list. */
const calls = {
  png: [
    [['-f', '0']],
    [['-f', '0', '2', '--save_probabilities', '-step_size', '0.3']],
    [['-f', 'all', '--disable_tta', '-num_parts', '3', '-part_id', '1', '--save_probabilities']],
    [
      ['-f', '2', '-num_parts', '2', '-part_id', '1'],
      ['-f', '0', '--continue_prediction'],
    ],
  ],
  rgb: [[['-f', '0', '2', '--save_probabilities']]],
  slices: [[['-f', '0', '--save_probabilities']], [['-f', '0', '2', '--disable_tta', '-step_size', '1']]],
  volumes: [[['-f', '0', '--save_probabilities']], [['-f', '0', '2', '--disable_tta', '--save_probabilities']]],
  turned: [[['-f', '2', '--save_probabilities']]],
  cascade: [[['-f', '0', '--save_probabilities']]],
};

const work = mkdtempSync(join(tmpdir(), 'fractura-predict-'));
const float32 = { NNUNET_FLOAT32: '1' };

/** All calls of a scenario with their output folders; a cascade's second stage takes the first's labels. */
function commandsOf(scenario, { dataset, configurations }, side) {
  const folder = join(work, scenario);
  const commands = [];
  for (const [i, lists] of calls[scenario].entries()) {
    for (const configuration of configurations) {
      const output = join(folder, side, `${i}-${configuration}`);
      const previous = configuration.includes('cascade')
        ? ['-prev_stage_predictions', join(folder, 'theirs', `${i}-3d_lowres`)]
        : [];
      for (const options of lists) {
        const input = ['-i', join(folder, 'images'), '-o', output, '-d', dataset, '-c', configuration];
        // Without processes nnU-Net has no parts; with them, forks of many calls in one process may wait for ever.
        const processes = options.includes('-num_parts') ? ['-npp', '1', '-nps', '1'] : ['-npp', '0', '-nps', '0'];
        commands.push(['predict', ...input, '-device', 'cpu', ...processes, ...previous, ...options]);
      }
    }
  }
  return commands;
}

/** Those with processes each in a process of its own. */
function groups(commands) {
  const apart = commands.filter((command) => command.includes('-num_parts')).length > 0;
  return apart ? commands.map((command) => [command]) : [commands];
}

/** The arguments that the programs were called with are written down by both, with other numbers of processes. */
const isMeant = (line) => line.includes('predict_from_raw_data_args.json');

let failed = false;
try {
  for (const scenario of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(calls)) {
    const folder = join(work, scenario);
    const setting = JSON.parse(callScript('make_models.py', [scenario, folder], folder));
    for (const commands of groups(commandsOf(scenario, setting, 'theirs'))) {
      callNnunet(commands, folder, float32);
    }
    for (const command of commandsOf(scenario, setting, 'ours')) {
      call(process.execPath, [program, ...command, '--quiet'], folder);
    }
    const lines = differences(join(folder, 'theirs'), join(folder, 'ours'), folder, '1e-3');
    const different = lines.filter((line) => !isMeant(line));
    console.log(`${different.length === 0 ? 'holds' : 'FAILS'}  ${scenario}: ${different.length} files differ`);
    for (const line of different) {
      console.log(`  ${line}`);
    }
    failed ||= different.length > 0;
  }
} finally {
  if (process.env.KEEP) {
    console.log(work);
  } else {
    rmSync(work, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;
