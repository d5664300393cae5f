/** A queue of its own: each piece of work starts when the one before it has ended, well or badly. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    // A failure belongs to its caller; the next in line starts all the same.
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };
}
