/**
 * Characters that a terminal, a table or an editor obeys instead of showing: control characters, marks of the direction of
 * writing, line and paragraph separators, and halves of surrogate pairs (Unicode 16, categories Cc, Zl, Zp and Cs, and
 * Bidi_Control).
 */
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;
const obeyedWithinLines = /[^\n\P{Cc}]|[\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;

const short = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const escaped = (character: string) =>
  short.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A name or another text from a file, as it may be shown: what a terminal would obey is escaped as in JSON (`\u001b`). */
export const printable = (text: string): string => text.replace(obeyed, escaped);

/** The same for texts of several lines, which stay lines. */
export const printableLines = (text: string): string => text.replace(obeyedWithinLines, escaped);
