/** Does work in turn with all other work of the same name; the signal says that someone waits. */
export type NewestFirst = <T>(
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/**
 * One at a time by name, and who comes asks the one before to stop: a phone that sends again does
 * not know that its last sending still hangs in a line that has long been dead.
 */
export function newestFirst(): NewestFirst {
  const last = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  return async (name, work) => {
    const before = last.get(name);
    before?.stop.abort();
    const stop = new AbortController();
    const turn = (before?.ended ?? Promise.resolve()).then(() => work(stop.signal));
    const ended = turn.then(
      () => undefined,
      () => undefined, // a failure belongs to its caller
    );
    const mine = { stop, ended };
    last.set(name, mine);
    try {
      return await turn;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
