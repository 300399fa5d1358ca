/** A word as a POSIX shell takes it. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A command line as a POSIX shell takes it. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(' ');
