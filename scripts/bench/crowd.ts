/**
 * Does `count` things with at most `atOnce` of them under way, like buyers of whom the next comes
 * when one has left; resolves to how many were done a second. The first failure ends it.
 */
export async function crowd(
  count: number,
  atOnce: number,
  act: (number: number) => Promise<void>,
): Promise<number> {
  let next = 0;
  let hasFailed = false;
  const startedAt = performance.now();
  const one = async () => {
    while (next < count && !hasFailed) {
      const number = next;
      next += 1;
      await act(number).catch((error) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, one));
  return count / ((performance.now() - startedAt) / 1000);
}
