export { answerQuestions, type AnswerOptions } from './answer-questions.js';
export { AnsweringThread, type AnsweringThreadOptions } from './answering-thread.js';
export { Budget } from './budget.js';
export { builtProgram } from './built-program.js';
export { decodeError, type ErrorData, type FracturaErrorClass } from './error-data.js';
export {
  forEachConcurrently,
  pixelBudget,
  type ConcurrencyOptions,
  type Progress,
  type TaskOptions,
} from './for-each-concurrently.js';
