/**
 * Whether a text begins as a sentence does: with a capital, a digit, a quotation mark or a bracket, with an option (`--size`), or
 * with a name as it is written in code or on a disk (`testShare`, `dataset.json`, `nnUNet_raw`).
 *
 * @param texts the fixed parts of the text; between them stand values, and a text that begins with one is fine.
 */
export function startsAsSentence(texts) {
  const [text] = texts;
  if (text === '') {
    return true;
  }
  const [word] = text.split(/[\s,;:]/);
  return /^[\p{Lu}\d"“'‘([-]/u.test(text) || /[._/\d]|\p{Ll}\p{Lu}/u.test(word.replace(/\.$/, ''));
}

/**
 * Whether a text ends as a sentence does. Values at its very end may be whole sentences, so what counts is the last fixed part.
 *
 * @param texts the fixed parts of the text.
 */
export function endsAsSentence(texts) {
  const last = texts.findLast((text) => text.trim() !== '');
  return last === undefined || /[.?!]["”')]*\s*$/.test(last);
}
