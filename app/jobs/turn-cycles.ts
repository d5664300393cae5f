import { turnCycles } from "#app/domain/cycles/turn-cycles.ts";
import type { Services } from "#app/load-context.ts";

/** Has search and the shop's pages say what of the cycles has opened or closed. */
export async function turnCyclesJob({ db }: Pick<Services, "db">): Promise<void> {
  await turnCycles(db);
}
