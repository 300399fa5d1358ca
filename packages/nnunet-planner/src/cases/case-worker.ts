import { answerQuestions } from '@fractura/concurrency';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { workOnCase, type CaseWork } from './case-work.js';

// The program of a thread: it is started with the work and does it for each case that it is sent.
answerQuestions((given: DatasetCase, work: CaseWork) => workOnCase(work, given));
