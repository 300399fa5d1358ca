import type { RadiographPreparation } from '@fractura/radiograph';
import { Resnet18ClassifierError } from '../errors.js';
import type { Classifier } from '../inference/open-classifier.js';

/**
 * How image files are prepared for a classifier.
 *
 * @throws Resnet18ClassifierError `channels-unsupported` where image files cannot give what it takes
 */
export function requirePreparation({
  preparation,
  image,
}: Pick<Classifier, 'preparation' | 'image'>): RadiographPreparation {
  if (preparation) {
    return preparation;
  }
  const { channels } = image;
  throw new Resnet18ClassifierError(
    channels === 1 || channels === 3
      ? 'The classifier was not trained on image files: its checkpoint does not say how they are prepared.'
      : `Image files cannot give the ${channels} channels that the classifier takes.`,
    {
      code: 'channels-unsupported',
      remedy:
        'Use a classifier of grey (1) or colour (3) images that was trained with `preparation`; give others arrays, through loadClassifier.',
    },
  );
}
