import { checkArguments, rule } from '@fractura/errors';
import { CocoError } from '../errors.js';

/** The axis-parallel box around polygons: x, y, width, height; undefined where there are none. */
export function enclosingBox(
  polygons: readonly (readonly number[])[],
): [x: number, y: number, width: number, height: number] | undefined {
  checkArguments({ polygons }, enclosingBoxArguments, CocoError);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of polygons) {
    for (let i = 0; i < polygon.length; i += 2) {
      left = Math.min(left, polygon[i]);
      right = Math.max(right, polygon[i]);
      top = Math.min(top, polygon[i + 1]);
      bottom = Math.max(bottom, polygon[i + 1]);
    }
  }
  return left === Infinity ? undefined : [left, top, right - left, bottom - top];
}

/** The area of a simple polygon x, y, x, y, ... by the shoelace formula, in square pixels. */
export function polygonArea(polygon: readonly number[]): number {
  checkArguments({ polygon }, polygonAreaArguments, CocoError);
  let twice = 0;
  for (let i = 0; i < polygon.length; i += 2) {
    const j = (i + 2) % polygon.length;
    twice += polygon[i] * polygon[j + 1] - polygon[j] * polygon[i + 1];
  }
  return Math.abs(twice) / 2;
}

const enclosingBoxArguments = { polygons: rule.listOf(rule.listOf(rule.anyNumber)) };

const polygonAreaArguments = { polygon: rule.listOf(rule.number()) };
