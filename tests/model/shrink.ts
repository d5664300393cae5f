import type { History, Step } from "./steps.ts";

const MOST_TRIES = 200;

/** Leaves steps out of a history that deviates, as long as it still does: what is left is the why. */
export async function shrink(
  { layout, steps }: History,
  isOdd: (history: History) => Promise<boolean>,
): Promise<History> {
  let least: Step[] = steps;
  let tries = 0;
  const deviates = async (fewer: Step[]) =>
    tries++ < MOST_TRIES && fewer.length > 0 && (await isOdd({ layout, steps: fewer }));
  for (let chunk = steps.length >> 1; chunk >= 1; chunk >>= 1) {
    for (let from = 0; from < least.length; ) {
      const fewer = [...least.slice(0, from), ...least.slice(from + chunk)];
      if (await deviates(fewer)) least = fewer;
      else from += chunk;
    }
  }
  return { layout, steps: least };
}
