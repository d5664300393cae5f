import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { runPgbench } from "../pgbench/run.ts";
import type { Place } from "../place.ts";
import { type FullCart, fillCarts } from "./fill-carts.ts";
import { keepOrders, orderScript } from "./order-script.ts";
import { recordOrders } from "./record-orders.ts";

/** Both sides of a pair use so many connections. */
export const CLIENTS = 16;

/**
 * The product's connections live for hours and have planned these statements long ago; those of a
 * round live for seconds. So they plan at the first use and not at the first six.
 */
const PLANNED = "-c plan_cache_mode=force_generic_plan";

type Rounds = { rounds: number; perClient: number };

/**
 * Records an order for every cart, and returns what places the orders of one round with pgbench,
 * in orders a second. Rounds count from -1, the warm-up; each order is placed once.
 */
export async function orderRounds(
  place: Place,
  db: Kysely<DB>,
  carts: FullCart[],
  { rounds, perClient }: Rounds,
  name = "orders",
): Promise<(round: number) => Promise<number>> {
  const perRound = CLIENTS * perClient;
  if (carts.length !== (rounds + 1) * perRound) throw new RangeError("a cart for each order");
  await fillCarts(db, "visitor_id", carts);
  const orders = await recordOrders(db, carts);
  const table = `bench_${name}`;
  await keepOrders(db, table, orders);
  return async (round) => {
    const file = join(place.folder, `${name}-${round}.sql`);
    writeFileSync(
      file,
      orderScript(orders[0] ?? [], { table, perClient, after: (round + 1) * perRound }),
    );
    const before = await countOrders(db);
    const args = [
      // As the product asks: db/prepare-statements.ts.
      "--protocol=prepared",
      `--client=${CLIENTS}`,
      "--jobs=2",
      `--transactions=${perClient}`,
      "--define=i=0",
      `--file=${file}`,
    ];
    const { tps } = await runPgbench(place.family, place.adminUrl, args, PLANNED);
    const placed = (await countOrders(db)) - before;
    if (placed !== perRound) throw new Error(`${placed} of ${perRound} orders were placed`);
    return tps;
  };
}

export async function countOrders(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ orders: number }>`select count(*) as orders from orders`.execute(db);
  return rows[0]?.orders ?? 0;
}
