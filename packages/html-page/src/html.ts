const replacements: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that is HTML already and is not escaped again. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What `html` takes between its pieces. */
export type Insertion = string | number | Markup | readonly Markup[];

/** A template tag for HTML: strings and numbers put in are escaped, `Markup` is put in as it is. */
export function html(pieces: TemplateStringsArray, ...insertions: readonly Insertion[]): Markup {
  const text = pieces.reduce((before, piece, index) => before + insert(insertions[index - 1]) + piece);
  return new Markup(text);
}

function insert(insertion: Insertion): string {
  if (insertion instanceof Markup) {
    return insertion.text;
  }
  if (typeof insertion === 'object') {
    return insertion.map(({ text }) => text).join('\n');
  }
  return String(insertion).replace(/[&<>"']/g, (character) => replacements[character]);
}
