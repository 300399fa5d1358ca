/**
 * The probability that of `drawn` files taken at random at least as many have the label as `found`, or, where that is
 * fewer than expected, at most as many: one tail of the hypergeometric distribution.
 */
export function chanceOf(
  { drawn, found }: { drawn: number; found: number },
  { labelled, total }: { labelled: number; total: number },
): number {
  const more = found * total >= drawn * labelled;
  const [least, most] = [Math.max(0, drawn - (total - labelled)), Math.min(drawn, labelled)];
  let chance = 0;
  for (let k = more ? found : least; k <= (more ? most : found); k += 1) {
    chance += Math.exp(logChoose(labelled, k) + logChoose(total - labelled, drawn - k) - logChoose(total, drawn));
  }
  return Math.min(1, chance);
}

function logChoose(from: number, choose: number): number {
  let sum = 0;
  for (let i = 1; i <= choose; i += 1) {
    sum += Math.log((from - choose + i) / i);
  }
  return sum;
}
