#!/usr/bin/env node
/**
 * Checks this workspace against the programs that it is equal to, run side by side on this machine:
 *
 *   PYTHON=venv/bin/python npm run interop                            all checks, half an hour
 *   PYTHON=venv/bin/python npm run interop -- NAME [ARGUMENT ...]     one of them; its file says what arguments it takes
 *
 * PYTHON is a Python that has the packages named below (default: python3). Build first: npm run build. Not part of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { program, python } from './programs.mjs';

const checks = {
  networks: { needs: ['nnunetv2', 'safetensors'], what: "random plans' networks: names, shapes and all outputs" },
  predict: { needs: ['nnunetv2'], what: 'predict: files, labels and probabilities, called in many ways' },
  cascade: { needs: ['nnunetv2'], what: 'both stages of a cascade: labels for the next stage, validations' },
  'find-best': { needs: ['nnunetv2'], what: 'find-best-configuration, ensembles, postprocessing: every file' },
  'nnunet-weights': { needs: ['nnunetv2'], what: 'weights convert: nnU-Net predicts with what it writes' },
  'efficientnet-weights': {
    needs: ['torch', 'efficientnet_lite_pytorch'],
    what: 'weights fetch: our EfficientNet-Lite gives PyTorch’s logits and features with published weights',
  },
  'torchvision-weights': {
    needs: ['torch', 'torchvision', 'safetensors'],
    what: 'weights convert: PyTorch loads what it writes; our ResNets give torchvision’s outputs',
  },
};

/** The Python packages, of these, that cannot be imported. */
function missingPackages(names) {
  const script =
    'import importlib.util, sys; print(*[name for name in sys.argv[1:] if not importlib.util.find_spec(name)])';
  const { status, stdout } = spawnSync(python, ['-c', script, ...names], { encoding: 'utf8' });
  return status === 0 ? stdout.split(/\s+/).filter(Boolean) : names;
}

function usageOf(name) {
  const { needs, what } = checks[name];
  return `  ${name.padEnd(20)} ${what} (needs ${needs.join(', ')})`;
}

const [chosen, ...args] = process.argv.slice(2);
if (chosen !== undefined && !(chosen in checks)) {
  console.error(`There is no check ${chosen}. Choose from:\n${Object.keys(checks).map(usageOf).join('\n')}`);
  process.exit(2);
}
if (!existsSync(program)) {
  console.error('The packages are not built. Run: npm run build');
  process.exit(2);
}
const names = chosen === undefined ? Object.keys(checks) : [chosen];
const missing = missingPackages([...new Set(names.flatMap((name) => checks[name].needs))]);
if (missing.length > 0) {
  console.error(
    `${python} does not have ${missing.join(', ')}. ` +
      `Set the variable PYTHON to a Python that has what the checks need:\n${names.map(usageOf).join('\n')}`,
  );
  process.exit(2);
}
const failed = names.filter((name) => {
  console.log(`\n=== ${name}: ${checks[name].what}`);
  const file = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  return spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' }).status !== 0;
});
const named = failed.length === 0 ? '' : `: ${failed.join(', ')}`;
console.log(`\n${names.length - failed.length} hold, ${failed.length} fail${named}`);
process.exitCode = failed.length === 0 ? 0 : 1;
