import { ArrayFilesError } from '@fractura/array-files';
import { AnsweringThread, decodeError } from '@fractura/concurrency';
import { RadiographError } from '@fractura/radiograph';
import { VolumeIoError } from '@fractura/volume-io';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';
import type { CaseWork } from './case-work.js';

/** Failures that keep their class on the way from a thread. */
const errorClasses = { NnunetPlannerError, VolumeIoError, RadiographError, ArrayFilesError };

/** A thread that does the same work for one case after the other; `program` is the built `case-worker`. */
export function startCaseThread(program: URL, work: CaseWork): AnsweringThread<DatasetCase, unknown> {
  return new AnsweringThread(program, {
    data: work,
    failed: (failure) => decodeError(failure, errorClasses),
    died: (reason, { id }, cause) =>
      new NnunetPlannerError(`The thread that worked on case ${id} died: ${reason}.`, {
        code: 'worker-died',
        remedy: 'If memory ran out, use fewer workers; each holds a case in memory.',
        cause,
      }),
  });
}
