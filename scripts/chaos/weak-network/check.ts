import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { createDb, createPool } from "#db/client.ts";
import type { StartedMarket } from "../../start/start-market.ts";

export type Journeys = {
  /** Orders' numbers by the journey that made them. */
  orders: Map<string, string>;
  titles: Map<string, string>;
};

/** What Stripe has charged for each order: nobody pays twice, whatever our books say. */
function readCharges(dataDir: string): Map<string, number> {
  const store = new DatabaseSync(join(dataDir, "sandbox.sqlite"), { readOnly: true });
  try {
    const charges = store.prepare("select body from objects where kind = 'charge'").all();
    const counts = new Map<string, number>();
    for (const { body } of charges as { body: string }[]) {
      const charge = JSON.parse(body) as {
        status: string;
        description: string | null;
        metadata: { order_number?: string };
      };
      const number = charge.metadata.order_number ?? charge.description ?? "";
      if (charge.status === "succeeded") counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    return counts;
  } finally {
    store.close();
  }
}

type OrderRow = { number: string; status: string; orders: number; payments: number; units: number };

/** One order, one charge, one listing a journey: what is not so, by journey. */
export async function checkJourneys(
  market: StartedMarket,
  { orders, titles }: Journeys,
): Promise<Map<string, string[]>> {
  const db = createDb(createPool(market.databaseUrl, 2));
  const wrong = new Map<string, string[]>();
  const note = (journey: string, line: string) =>
    wrong.set(journey, [...(wrong.get(journey) ?? []), line]);
  try {
    const { rows } = await sql<OrderRow>`
      select o.number, o.status,
        (select count(*) from orders p where p.visitor_id = o.visitor_id) as orders,
        (select count(*) from payments p where p.order_id = o.id) as payments,
        (select sum(quantity) from order_lines l where l.order_id = o.id) as units
      from orders o where number = any(${[...orders.values()]})`.execute(db);
    const found = new Map(rows.map((row) => [row.number, row]));
    const charges = readCharges(market.dataDir);
    for (const [journey, number] of orders) {
      const row = found.get(number);
      if (!row) note(journey, `order ${number} is lost`);
      else {
        if (row.orders !== 1) note(journey, `${row.orders} orders were made`);
        if (row.status !== "paid") note(journey, `its order is ${row.status}`);
        if (row.payments !== 1) note(journey, `${row.payments} payments are in the books`);
        if (row.units !== 2) note(journey, `${row.units} units instead of 2`);
      }
      if (charges.get(number) !== 1) note(journey, `Stripe charged ${charges.get(number)} times`);
    }
    const { rows: listings } = await sql<{ title: string; count: number; photos: number }>`
      select title_zh as title, count(*) as count, sum((select count(*) from listing_photos p
        where p.listing_id = listings.id)) as photos
      from listings where title_zh = any(${[...titles.values()]}) group by 1`.execute(db);
    for (const [journey, title] of titles) {
      const made = listings.find((listing) => listing.title === title);
      if (made?.count !== 1) note(journey, `${made?.count ?? 0} listings were made`);
      if (made?.photos !== 1) note(journey, `${made?.photos ?? 0} photos stand at it`);
    }
  } finally {
    await db.destroy();
  }
  return wrong;
}
