import { evaluateCommand } from './commands/evaluate.js';
import { explainCommand } from './commands/explain.js';
import { predictCommand } from './commands/predict.js';
import { trainCommand } from './commands/train.js';

/** `train`, `predict`, `evaluate` and `explain`, to be mounted under `classify`. */
export const classifyCommands = [trainCommand, predictCommand, evaluateCommand, explainCommand];
