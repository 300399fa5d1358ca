import { errorMessage } from './rules/error-message.mjs';
import { plainObjects } from './rules/plain-objects.mjs';

/** ESLint rules of this workspace; CONTRIBUTING.md, "How we write", gives the reasons. */
export const fractura = { rules: { 'error-message': errorMessage, 'plain-objects': plainObjects } };
