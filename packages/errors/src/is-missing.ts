/** Whether an error says that there is no such file or folder (Node's `ENOENT` and `ENOTDIR`). */
export function isMissing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
