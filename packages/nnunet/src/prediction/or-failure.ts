import { FracturaError } from '@fractura/errors';

/** The result of some work on one case of several, or what is wrong with the case; other errors are thrown. */
export async function orFailure<Result>(work: () => Promise<Result>): Promise<Result | FracturaError> {
  try {
    return await work();
  } catch (error) {
    if (FracturaError.isInstance(error)) {
      return error;
    }
    throw error;
  }
}
