import { tellCalledOff } from "#app/domain/messages/tell-called-off.ts";
import { tellChanges } from "#app/domain/messages/tell-changes.ts";
import { tellSales } from "#app/domain/messages/tell-sales.ts";
import type { Services } from "#app/load-context.ts";

/** Tells households what they sold, what of it was called off and what was changed for them: of each once an hour at most. */
export async function tellSalesJob({ db }: Pick<Services, "db">): Promise<void> {
  await tellSales(db);
  await tellCalledOff(db);
  await tellChanges(db);
}
