// Threads run built code.
import { answerQuestions } from '@fractura/concurrency';

// A thread for tests: it answers a number after that many milliseconds, and does what else it is told.
answerQuestions(
  async (question, data) => {
    if (question === 'exit') {
      process.exit(7);
    }
    if (question === 'missing') {
      throw Object.assign(new Error('There is no file a.png.'), { name: 'ConcurrencyTestError', code: 'file-missing' });
    }
    if (question === 'array') {
      return { values: Float32Array.of(1, 2, 3) };
    }
    await new Promise((resolve) => setTimeout(resolve, question));
    return { waited: question, data };
  },
  { transfer: (answer) => (answer.values ? [answer.values.buffer] : []) },
);
