/** Longest text of a value in a message. */
const maxCharacters = 60;

/** Levels of lists and objects that can show within so many characters. */
const maxDepth = maxCharacters;

/**
 * A value for an error message: as JSON, cut to 60 characters; numbers that JSON does not have by their names. Of what is large,
 * deep or refers to itself no more is looked at than can be shown.
 */
export function describeValue(value: unknown): string {
  // Of undefined, functions and symbols JSON.stringify makes undefined, whatever its type says.
  const text = (JSON.stringify(beginningOf(value, maxDepth)) as string | undefined) ?? 'nothing';
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters - 3)}...` : text;
}

/** As much of a value as can be seen of it. */
function beginningOf(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) {
    return String(value);
  }
  if (typeof value === 'string') {
    return value.slice(0, maxCharacters + 1);
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return value;
  }
  if (depth === 0) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.slice(0, maxCharacters).map((entry) => beginningOf(entry, depth - 1));
  }
  const shown: [string, unknown][] = [];
  for (const key in value) {
    if (shown.length === maxCharacters) {
      break;
    }
    if (Object.hasOwn(value, key)) {
      shown.push([key.slice(0, maxCharacters + 1), beginningOf((value as Record<string, unknown>)[key], depth - 1)]);
    }
  }
  return Object.fromEntries(shown);
}
