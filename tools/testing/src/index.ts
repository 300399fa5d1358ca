export { captureProgram, type CapturedRun } from './capture-program.js';
export { attack, type AttackOptions, type Attacked } from './attack.js';
export {
  dicomElement,
  dicomFile,
  dicomFilm,
  dicomSequence,
  patientElements,
  patientMarks,
  type DicomElement,
  type DicomFilm,
} from './dicom-file.js';
export { formulaInput, formulaValues, formulaWeights, type StateShape } from './formula-values.js';
export { faultsOfHostileCalls, type HostileCalls } from './hostile-calls.js';
export { drawsOf, mutate, type Draw } from './mutate.js';
export { startSlurm, type OneNodeSlurm } from './one-node-slurm.js';
export { referenceFiles, type ReferenceFiles } from './reference-files.js';
export { temporaryFolder, useTemporaryFolder } from './temporary-folder.js';
