import { TorchWeightsError } from '../errors.js';

/** The error for a file that is damaged or not a PyTorch file. */
export const damagedFile = (file: string, what: string, cause?: unknown) =>
  new TorchWeightsError(`${file} is not a valid PyTorch file: ${what}.`, {
    code: 'invalid-torch-file',
    remedy: 'Copy or download the file again, or save it again with torch.save.',
    cause,
  });

/** The error for a constructor that is not on the list of those that only build data. */
export const refusedConstructor = (file: string, name: string) =>
  new TorchWeightsError(`${file} calls ${name}, which is not allowed.`, {
    code: 'constructor-refused',
    remedy:
      'Save the state_dict alone, of tensors and plain Python values; do not load the file elsewhere unless you trust it.',
  });
