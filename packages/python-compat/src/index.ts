export { PythonCompatError } from './errors.js';
export { percentile, type SortedNumbers } from './percentile.js';
export { PythonFloat, floatRepr } from './python-float.js';
export { encodePythonJson, parsePythonJson, type PythonJsonOptions } from './python-json.js';
export { RandomState, type RecordedSeed } from './random-state.js';
export { roundHalfToEven } from './round-half-to-even.js';
export { joinPath } from './join-path.js';
