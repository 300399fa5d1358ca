import { loadProgram, type CommandDefinition } from '@fractura/command-line';
import { expect, test } from '@jest/globals';
import { nnunetNames } from '../../src/commands/nnunet-names.js';
import { program as deferred } from '../../src/program.js';
import { fractura } from '../support/fractura.js';

const program = await loadProgram(deferred);

/** Every command of nnU-Net 2.8.1 with every option of its argument parser (`parser.add_argument` in the sources). */
const nnunet: Record<string, string> = {
  accumulate_crossval_results: '-c -o -f -p -tr',
  apply_postprocessing: '-i -o -pp_pkl_file -np -plans_json -dataset_json',
  convert_MSD_dataset: '-i -overwrite_id -np',
  determine_postprocessing: '-i -ref -plans_json -dataset_json -np --remove_postprocessed',
  ensemble: '-i -o -np --save_npz',
  evaluate_folder: '-djfile -pfile -o -np --chill',
  evaluate_simple: '-l -il -o -np --chill',
  export_model_to_zip: '-d -o -c -tr -p -f -chk --not_strict --exp_cv_preds',
  extract_fingerprint: '-d -fpe -np --verify_dataset_integrity --clean --verbose --no_pbar',
  find_best_configuration: '-p -c -tr -np -f --disable_ensembling --no_overwrite',
  install_pretrained_model_from_zip: '',
  move_plans_between_datasets: '-s -t -sp -tp',
  plan_experiment: '-d -pl -gpu_memory_target -preprocessor_name -overwrite_target_spacing -overwrite_plans_name',
  plan_and_preprocess:
    '-d -fpe -npfp --verify_dataset_integrity --no_pp --clean -pl -gpu_memory_target -preprocessor_name ' +
    '-overwrite_target_spacing -overwrite_plans_name -c -np --verbose --no_pbar',
  plot_overlay_pngs: '-d -o -np -channel_idx --use_raw -p -c -overlay_intensity',
  predict:
    '-i -o -d -p -tr -c -f -step_size --disable_tta --verbose --save_probabilities --continue_prediction -chk -npp -nps ' +
    '-prev_stage_predictions -num_parts -part_id -device --disable_progress_bar --not_on_device',
  predict_from_modelfolder:
    '-i -o -m -f -step_size --disable_tta --verbose --save_probabilities --continue_prediction -chk -npp -nps ' +
    '-prev_stage_predictions -device --disable_progress_bar --not_on_device',
  preprocess: '-d -plans_name -c -np --verbose --no_pbar',
  train: '-tr -p -pretrained_weights -num_gpus --npz --c --val --val_best --disable_checkpointing -device',
};

function commandOf(name: string): CommandDefinition {
  const kebab = name.replaceAll('_', '-');
  const ours = nnunetNames.synonyms.find((synonym) => synonym.name === kebab)?.command ?? kebab;
  return program.commands.find((command) => command.name === ours) as CommandDefinition;
}

test.each(Object.entries(nnunet))('every option of nnUNetv2_%s is taken', (name, options) => {
  const { options: ours } = commandOf(name);
  const known = Object.entries(ours).flatMap(([option, { alias = [] }]) => [option, ...[alias].flat()]);
  for (const option of options.split(' ').filter(Boolean)) {
    const word = option.replace(/^--?/, '').replaceAll('_', '-');
    const denied = word.startsWith('no-') ? word.slice(3) : word;
    expect(known).toEqual(expect.arrayContaining([known.includes(word) ? word : denied]));
  }
});

test('nnU-Net’s names of commands work, with and without their prefix', async () => {
  for (const name of Object.keys(nnunet)) {
    for (const word of [`nnUNetv2_${name}`, name]) {
      expect(await fractura(word, '--help')).toMatchObject({ status: 0 });
    }
  }
});

test('what is done otherwise here is named with what to use', async () => {
  for (const name of Object.keys(nnunetNames.elsewhere)) {
    const { status, errors } = await fractura(`nnUNetv2_${name.replaceAll('-', '_')}`);
    expect(status).toBe(2);
    expect(errors).toContain(nnunetNames.elsewhere[name as keyof typeof nnunetNames.elsewhere]);
  }
});

test.each([
  ['find-best-configuration 5 --no-overwrite', /no-overwrite has no effect here: Everything is computed again/],
  ['find_best_configuration 5 -no_overwrite -f 0,1', /no-overwrite has no effect/],
  ['predict_from_modelfolder -i a -o b -m c --c --verbose', /verbose has no effect here/],
  ['predict -i a -o b -m c -device mps', /device mps is not offered/],
  ['plan_experiment -d 5 -gpu_memory_target x', /--gpu-memory-target is "x"; it must be a number/],
])('%s is understood', async (line, says) => {
  const { status, errors } = await fractura(
    ...line.split(' '),
    '--results',
    '/nowhere',
    '--preprocessed',
    '/nowhere',
  ).catch((error: unknown) => ({ status: -1, errors: String(error) }));
  // predict has no --preprocessed.
  const { errors: own } = line.startsWith('predict') ? await fractura(...line.split(' ')) : { errors };
  expect(status).toBeGreaterThan(0);
  expect(own).toMatch(says);
});
