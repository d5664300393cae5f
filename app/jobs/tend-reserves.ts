import { tendReserves } from "#app/domain/reserves/tend-reserve.ts";
import type { Services } from "#app/load-context.ts";

/** Brings every cooperative's reserve for claims to what it is to hold. */
export async function tendReservesJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const { moved } = await tendReserves(db);
  if (moved > 0) log.info({ moved }, "reserves for claims were moved");
}
