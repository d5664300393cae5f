import { completeOrders } from "#app/domain/orders/complete-orders.ts";
import type { Services } from "#app/load-context.ts";

/** Completes what was delivered a week ago and nobody has said anything of. */
export async function completeOrdersJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const { completed } = await completeOrders(db);
  if (completed > 0) log.info({ completed }, "orders were completed");
}
