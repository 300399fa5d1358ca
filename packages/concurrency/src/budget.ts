/**
 * Shares a limited amount of something, such as pixels in memory, among tasks: a task waits until what it needs is free, in the
 * order of asking. One that needs more than there is in all runs alone.
 */
export class Budget {
  private free: number;
  private readonly waiting: { amount: number; start: () => void }[] = [];

  constructor(private readonly total: number) {
    this.free = total;
  }

  /** Does `work` while holding `amount`. */
  async spend<Result>(amount: number, work: () => Promise<Result>): Promise<Result> {
    const held = Math.min(amount, this.total);
    await new Promise<void>((start) => {
      this.waiting.push({ amount: held, start });
      this.startWaiting();
    });
    try {
      return await work();
    } finally {
      this.free += held;
      this.startWaiting();
    }
  }

  private startWaiting(): void {
    while (this.waiting.length > 0 && this.waiting[0].amount <= this.free) {
      const { amount, start } = this.waiting.shift()!;
      this.free -= amount;
      start();
    }
  }
}
