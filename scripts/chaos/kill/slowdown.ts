const SPIN_MICROSECONDS = 300_000;

/**
 * How many times longer than alone a program takes here and now, because others are at work on the
 * same cores: 1 on a machine that has nothing else to do. To be asked before there is load of ours.
 */
export function readSlowdown(): number {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let used = 0;
  while (used < SPIN_MICROSECONDS) {
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
  const times = ((performance.now() - startedAt) * 1_000) / used;
  // A little more than alone is noise of the clock, and no reason for a longer limit.
  return times < 1.25 ? 1 : times;
}
