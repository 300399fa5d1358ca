import { referenceFiles } from '@fractura/testing';

/** Recorded reference results; tests/fixtures/README.md says where each comes from. */
export const { path: reference, readJson: readReference } = referenceFiles(new URL('fixtures/', import.meta.url));
