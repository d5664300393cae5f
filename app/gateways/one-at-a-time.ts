/** A queue of its own: each piece of work starts when the one before it has ended, well or badly. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work, work);
    // A failure belongs to its caller; the next in line must not see it.
    last = turn.catch(() => undefined);
    return turn;
  };
}
