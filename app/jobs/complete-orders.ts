import { completeOrders } from "#app/domain/orders/complete-orders.ts";
import type { Services } from "#app/load-context.ts";

/** Takes for delivered what left long ago, and completes what nobody has said anything of for a week. */
export async function completeOrdersJob({ db, log }: Pick<Services, "db" | "log">): Promise<void> {
  const { arrived, completed } = await completeOrders(db);
  if (arrived > 0) log.info({ arrived }, "parcels that nobody had marked count as delivered");
  if (completed > 0) log.info({ completed }, "orders were completed");
}
