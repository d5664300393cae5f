import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { playHistory } from "./history.ts";
import type { History, Step } from "./steps.ts";

const MOST_TRIES = 200;

/** Leaves steps out of a history that deviates, as long as it still does: what is left is the why. */
export async function shrink(db: Kysely<DB>, { layout, steps }: History): Promise<History> {
  let least: Step[] = steps;
  let tries = 0;
  const deviates = async (fewer: Step[]) =>
    tries++ < MOST_TRIES &&
    fewer.length > 0 &&
    (await playHistory(db, { layout, steps: fewer })).deviations.length > 0;
  for (let chunk = steps.length >> 1; chunk >= 1; chunk >>= 1) {
    for (let from = 0; from < least.length; ) {
      const fewer = [...least.slice(0, from), ...least.slice(from + chunk)];
      if (await deviates(fewer)) least = fewer;
      else from += chunk;
    }
  }
  return { layout, steps: least };
}
