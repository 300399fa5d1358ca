import { TorchWeightsError } from '../errors.js';

/** A file that is damaged or no PyTorch file. */
export const damagedFile = (file: string, what: string, cause?: unknown) =>
  new TorchWeightsError(`${file} is not a sound PyTorch file: ${what}.`, {
    code: 'invalid-torch-file',
    remedy: 'Copy or download the file again, or save it again with torch.save.',
    cause,
  });

/** A constructor that is not on the list of those that are known to do nothing but build data. */
export const refusedConstructor = (file: string, name: string) =>
  new TorchWeightsError(`${file} asks for ${name}, which is not called.`, {
    code: 'constructor-refused',
    remedy:
      'Save the state_dict alone, of tensors and plain Python values; do not load the file elsewhere unless you trust it.',
  });
