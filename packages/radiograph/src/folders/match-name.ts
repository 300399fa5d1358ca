/**
 * Looks names up as people's file systems do, where no file has the literal name: `\` taken for a separator, letters composed
 * (macOS takes them apart, Unicode NFD), the ending in capitals or not, and `%20` and the like decoded.
 *
 * @param files paths below one folder, with `/` between folders.
 * @returns gives the one file that a name means: itself, or the only one that is alike; undefined where there is none, or several.
 */
export function nameMatcher(files: Iterable<string>): (name: string) => string | undefined {
  const literal = new Set(files);
  const alike = new Map<string, string | undefined>();
  for (const file of literal) {
    const key = plainName(file);
    alike.set(key, alike.has(key) ? undefined : file);
  }
  return (name) => {
    if (literal.has(name)) {
      return name;
    }
    return alike.get(plainName(name)) ?? alike.get(plainName(decoded(name)));
  };
}

function plainName(name: string): string {
  const path = name
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  return path.replace(/\.[^./]+$/, (ending) => ending.toLowerCase());
}

/** The name itself where it is not percent-encoded. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
