import { FracturaError } from '@fractura/errors';

/** A question of the page to a worker: an answer's name and its argument. */
export interface ModelRequest {
  id: number;
  question: string;
  argument: unknown;
}

/** Functions by the names of questions. */
type Answers = Record<
  string,
  (argument: never, onProgress: (progress: { done: number; total: number }) => void) => Promise<unknown>
>;

/** What the worker sends back: any number of times how far it is, then the answer or why there is none. */
export type ModelReply =
  | { id: number; progress: { done: number; total: number } }
  | { id: number; answer: unknown }
  | { id: number; failure: { message: string; remedy?: string } };

/** A worker's own scope, or a port of one. */
export interface MessageScope {
  addEventListener: (type: 'message', listener: (event: { data: unknown }) => void) => void;
  postMessage: (message: ModelReply, transfer: ArrayBuffer[]) => void;
}

/**
 * Answers a page's requests in a worker, one after the other; a model's worker has `ModelAnswers`.
 *
 * @param answers functions of the argument, and of a second one that says how far they are. Arrays in what they give are moved to
 *   the page, and are empty here afterwards.
 */
export function answerRequests(scope: MessageScope, answers: object): void {
  let before: Promise<void> = Promise.resolve();
  scope.addEventListener('message', ({ data }) => {
    const request = data as ModelRequest;
    before = before.then(() => answer(scope, answers as Answers, request));
  });
}

async function answer(scope: MessageScope, answers: Answers, { id, question, argument }: ModelRequest) {
  const onProgress = (progress: { done: number; total: number }) => {
    scope.postMessage({ id, progress }, []);
  };
  try {
    const given = await answers[question](argument as never, onProgress);
    scope.postMessage({ id, answer: given }, buffersOf(given));
  } catch (error) {
    const failure: { message: string; remedy?: string } = { message: messageOf(error) };
    if (FracturaError.isInstance(error) && error.remedy !== undefined) {
      failure.remedy = error.remedy;
    }
    scope.postMessage({ id, failure }, []);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Arrays move to the page instead of being copied. */
const buffersOf = (given: unknown): ArrayBuffer[] =>
  Object.values(given as object)
    .filter((value) => ArrayBuffer.isView(value))
    .map(({ buffer }) => buffer as ArrayBuffer);
