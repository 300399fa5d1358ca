/** Hands a file to the browser to be saved. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has read it by then.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

/** A file's name without its ending. */
export const stem = (name: string): string => name.replace(/\.[^.]*$/, '');

/** Data as an indented JSON file. */
export const jsonFile = (data: unknown): Blob =>
  new Blob([`${JSON.stringify(data, undefined, 2)}\n`], { type: 'application/json' });
