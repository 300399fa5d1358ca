/**
 * The probability that `drawn` files taken at random all have one and the same label, whichever it is: the two ends of
 * the hypergeometric distribution.
 */
export function chanceOfOneSide(drawn: number, { fractured, normal }: { fractured: number; normal: number }): number {
  const all = (of: number) => {
    let probability = 1;
    for (let i = 0; i < drawn; i += 1) probability *= Math.max(0, of - i) / (fractured + normal - i);
    return probability;
  };
  return Math.min(1, all(fractured) + all(normal));
}
