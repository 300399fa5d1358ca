/**
 * Cuts a list into batches. A single item left over joins the batch before it, since batch norm cannot train on one
 * value.
 */
export function cutBatches<T>(items: readonly T[], batchSize: number): T[][] {
  const batches: T[][] = [];
  for (let begin = 0; begin < items.length; begin += batchSize) {
    batches.push(items.slice(begin, begin + batchSize));
  }
  if (batchSize > 1 && batches.length > 1 && batches.at(-1)!.length === 1) {
    const rest = batches.pop()!;
    batches.at(-1)!.push(...rest);
  }
  return batches;
}
