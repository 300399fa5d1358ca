import type { Draw } from '@fractura/testing';
import { trapValues } from './traps.js';

type Container = unknown[] | Record<string, unknown>;

/** A copy of a JSON value with one to three changes: a value replaced, taken out, repeated, renamed, moved or wrapped. */
export function mutateJson(sound: unknown, draw: Draw): unknown {
  const holder = { value: structuredClone(sound) };
  for (let change = draw(3); change >= 0; change -= 1) {
    const places = placesIn(holder);
    const [container, key] = places[draw(places.length)];
    const value = read(container, key);
    switch (draw(8)) {
      case 0:
        remove(container, key);
        break;
      case 1:
        put(container, key, [value, structuredClone(value)]);
        break;
      case 2:
        if (Array.isArray(container)) {
          container.push(structuredClone(value));
        } else {
          remove(container, key);
          put(container, `${key}x`, value);
        }
        break;
      case 3: {
        const [other, otherKey] = places[draw(places.length)];
        put(container, key, structuredClone(read(other, otherKey)));
        break;
      }
      case 4:
        put(container, key, typeof value === 'number' ? value * [-1, 0.5, 1e6, 1e-9][draw(4)] : String(value));
        break;
      default:
        put(container, key, structuredClone(trapValues[draw(trapValues.length)]));
    }
  }
  return holder.value;
}

/** The text of a mutated value; at times cut off, with a byte order mark, or with NaN in it. */
export function mutateJsonText(sound: unknown, draw: Draw): Uint8Array {
  const text = JSON.stringify(mutateJson(sound, draw)) as string | undefined;
  switch (draw(12)) {
    case 0:
      return Buffer.from(`\uFEFF${text}`);
    case 1:
      return Buffer.from((text ?? '').slice(0, draw((text?.length ?? 0) + 1)));
    case 2:
      return Buffer.from((text ?? '').replace(/\d+(?:\.\d+)?/, 'NaN'));
    case 3:
      return Buffer.from(`${'['.repeat(1 + draw(200_000))}${text}`);
    default:
      return Buffer.from(text ?? '');
  }
}

function placesIn(root: Container): [Container, string][] {
  const places: [Container, string][] = [];
  const waiting: Container[] = [root];
  for (let container = waiting.pop(); container !== undefined; container = waiting.pop()) {
    for (const key of Object.keys(container)) {
      places.push([container, key]);
      const value = read(container, key);
      if (typeof value === 'object' && value !== null) {
        waiting.push(value as Container);
      }
    }
  }
  return places;
}

const read = (container: Container, key: string): unknown => (container as Record<string, unknown>)[key];

const put = (container: Container, key: string, value: unknown): void => {
  (container as Record<string, unknown>)[key] = value;
};

function remove(container: Container, key: string): void {
  if (Array.isArray(container)) {
    container.splice(Number(key), 1);
  } else if (key !== 'value') {
    Reflect.deleteProperty(container, key);
  }
}
