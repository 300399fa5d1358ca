export { captureProgram, type CapturedRun } from './capture-program.js';
export { attack, type AttackOptions, type Attacked } from './attack.js';
export { formulaInput, formulaValues, formulaWeights, type StateShape } from './formula-values.js';
export { drawsOf, mutate, type Draw } from './mutate.js';
export { referenceFiles, type ReferenceFiles } from './reference-files.js';
export { temporaryFolder, useTemporaryFolder } from './temporary-folder.js';
