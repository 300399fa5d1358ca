/** Longest text of a value in a message. */
const maxCharacters = 60;

/** A value for an error message: as JSON, cut to 60 characters; numbers that JSON does not have by their names. */
export function describeValue(value: unknown): string {
  const named = (_: string, entry: unknown) =>
    typeof entry === 'bigint' || (typeof entry === 'number' && !Number.isFinite(entry)) ? String(entry) : entry;
  // Of undefined, functions and symbols JSON.stringify makes undefined, whatever its type says.
  const text = (JSON.stringify(value, named) as string | undefined) ?? 'nothing';
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters - 3)}...` : text;
}
