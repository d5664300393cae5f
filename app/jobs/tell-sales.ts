import { tellCalledOff } from "#app/domain/messages/tell-called-off.ts";
import { tellChanges } from "#app/domain/messages/tell-changes.ts";
import { tellSales } from "#app/domain/messages/tell-sales.ts";
import { tellWeighIns } from "#app/domain/messages/tell-weigh-ins.ts";
import type { Services } from "#app/load-context.ts";

/** Tells households what they sold, what of it was called off, what was changed for them and what the scale has noted: of each once an hour at most. */
export async function tellSalesJob({ db }: Pick<Services, "db">): Promise<void> {
  await tellSales(db);
  await tellCalledOff(db);
  await tellChanges(db);
  await tellWeighIns(db);
}
