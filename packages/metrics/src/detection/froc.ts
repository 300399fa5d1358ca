import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';

/** What a detector marked, on how many images, with how many lesions to find. */
export interface FrocInput {
  /** Every mark: its score, and the lesion that it hits, if any (a name that is unique over all images). */
  marks: readonly { score: number; lesion?: string | number }[];
  lesions: number;
  images: number;
  /** False positives an image at which sensitivity is read. Default: those of LUNA16, 1/8, 1/4, 1/2, 1, 2, 4, 8. */
  falsePositivesPerImage?: readonly number[];
}

/** A free-response ROC curve. */
export interface Froc {
  /** A point for each distinct score, from none marked on. */
  curve: { threshold: number; falsePositivesPerImage: number; sensitivity: number }[];
  /** Sensitivity at each of the false-positive rates, interpolated linearly; beyond its end the curve stays level. */
  sensitivities: number[];
  /** Their mean, LUNA16's competition performance metric. */
  score: number;
}

const luna16 = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];

/**
 * The free-response ROC curve (Bunch et al. 1978) and the score of LUNA16 (Setio et al. 2017). A lesion counts once however
 * often it is hit; marks that hit no lesion are false positives.
 *
 * @throws MetricsError `score-invalid`, `option-invalid`, `lesion-count`
 */
export function froc(options: FrocInput): Froc {
  const { marks, lesions, images, falsePositivesPerImage = luna16 } = checkGiven(options, frocInputRule);

  const whole = Number.isInteger(lesions) && Number.isInteger(images) && lesions > 0 && images > 0;
  if (!whole || !falsePositivesPerImage.every((rate) => rate >= 0 && Number.isFinite(rate))) {
    throw new MetricsError(`${lesions} lesions on ${images} images, read at ${falsePositivesPerImage.join(', ')}.`, {
      code: 'option-invalid',
      remedy: 'Give whole numbers above 0 of lesions and images, and finite rates.',
    });
  }
  const wrong = marks.find(({ score }) => !Number.isFinite(score));
  if (wrong) {
    throw new MetricsError(`A score is ${wrong.score}.`, { code: 'score-invalid', remedy: 'Give finite numbers.' });
  }
  const found = new Set<string | number>();
  let alarms = 0;
  const curve: Froc['curve'] = [{ threshold: Infinity, falsePositivesPerImage: 0, sensitivity: 0 }];
  const ordered = [...marks].sort((a, b) => b.score - a.score);
  ordered.forEach(({ score, lesion }, i) => {
    if (lesion === undefined) {
      alarms += 1;
    } else {
      found.add(lesion);
    }
    if (ordered[i + 1]?.score === score) {
      return;
    }
    curve.push({ threshold: score, falsePositivesPerImage: alarms / images, sensitivity: found.size / lesions });
  });
  if (found.size > lesions) {
    throw new MetricsError(`${found.size} lesions were hit, of ${lesions}.`, {
      code: 'lesion-count',
      remedy: 'Count every lesion of every image.',
    });
  }
  const sensitivities = falsePositivesPerImage.map((rate) => readAt(curve, rate));
  return { curve, sensitivities, score: sensitivities.reduce((sum, value) => sum + value, 0) / sensitivities.length };
}

function readAt(curve: Froc['curve'], rate: number): number {
  const after = curve.findIndex((point) => point.falsePositivesPerImage > rate);
  if (after < 0) {
    return curve[curve.length - 1].sensitivity;
  }
  const [low, high] = [curve[after - 1], curve[after]];
  const part = (rate - low.falsePositivesPerImage) / (high.falsePositivesPerImage - low.falsePositivesPerImage);
  return low.sensitivity + (high.sensitivity - low.sensitivity) * part;
}

/** What {@link FrocInput} must be. */
export const frocInputRule = {
  marks: [{ score: 'number' }],
  lesions: 'number',
  images: 'number',
  'falsePositivesPerImage?': ['number'],
};
