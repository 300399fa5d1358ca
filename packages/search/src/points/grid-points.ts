import { SearchError } from '../errors.js';
import { gridOf } from '../space/numbers-of-range.js';
import { applies, type Parameter, type Point, type SettingValue, type Space } from '../space/space.js';

/**
 * Every combination of the values of a space, the last setting changing fastest. A setting that does not apply is absent, so that no
 * combination comes twice.
 *
 * @throws SearchError `points-invalid` where a range does not say its steps.
 */
export function gridPoints(space: Space): Point[] {
  let points: Point[] = [{}];
  for (const [name, parameter] of Object.entries(space)) {
    const values = valuesOf(name, parameter);
    points = points.flatMap((point) =>
      applies(parameter, point) ? values.map((value) => ({ ...point, [name]: value })) : [point],
    );
  }
  return points;
}

function valuesOf(name: string, parameter: Parameter): readonly SettingValue[] {
  if ('choices' in parameter) {
    return parameter.choices;
  }
  const { steps } = parameter;
  if (steps === undefined) {
    throw new SearchError(`A grid needs to know how many numbers it takes of ${name}.`, {
      code: 'points-invalid',
      remedy: `Add steps to the range of ${name}, as in {from: ${parameter.from}, to: ${parameter.to}, steps: 3}, or list its values.`,
    });
  }
  return gridOf(parameter, steps);
}
