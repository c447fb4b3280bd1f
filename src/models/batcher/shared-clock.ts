/** A call on paper: when it would end, and its share of the processor until then. */
export interface PaperCall {
  /** Virtual time at which it would have been served. */
  readonly finish: number;
  readonly weight: number;
}

/**
 * Who would have been served until when, if all calls shared the processor at all times in proportion to their
 * weights (generalised processor sharing: Parekh and Gallager, "A generalized processor sharing approach to flow
 * control", INFOCOM 1992). Virtual time goes by tokens served per unit of weight that is at work.
 */
export class SharedClock {
  /** Virtual time: tokens that a call of weight 1 would have been served since the beginning. */
  now = 0;
  /** Those at work on paper, the first to end first; a call may be through in truth and not on paper. */
  readonly #atWork: PaperCall[] = [];

  /** @param tokens what the call asks for */
  add(tokens: number, weight: number): PaperCall {
    const call = { finish: this.now + tokens / weight, weight };
    let place = this.#atWork.length;
    while (place > 0 && (this.#atWork[place - 1] as PaperCall).finish > call.finish) place--;
    this.#atWork.splice(place, 0, call);
    return call;
  }

  /** Forgets a call that was given up. */
  remove(call: PaperCall): void {
    const place = this.#atWork.indexOf(call);
    if (place >= 0) this.#atWork.splice(place, 1);
  }

  /** Lets as much time go by as so many tokens take. */
  advance(tokens: number): void {
    let left = tokens;
    while (left > 0) {
      const [first] = this.#atWork;
      if (first === undefined) return;
      const weights = this.#atWork.reduce((sum, { weight }) => sum + weight, 0);
      const untilFirst = (first.finish - this.now) * weights;
      if (untilFirst > left) {
        this.now += left / weights;
        return;
      }
      this.now = first.finish;
      this.#atWork.shift();
      left -= untilFirst;
    }
  }
}
