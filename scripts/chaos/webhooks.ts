import { sql } from "kysely";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import { Random } from "#db/seed/random.ts";
import { makeCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import type { Found, Ground } from "./ground.ts";
import { checkBatch } from "./webhooks/check-batch.ts";
import { type Desk, openDesk, untilWorked } from "./webhooks/desk.ts";

const FULL = 10_000;
const QUICK = 60;
const BATCH = 20;
const MOST_DELIVERIES = 10;
/** So many must stand before the locked orders, or there was no race. */
const WAITERS = 15;

async function makeShelf(desk: Desk): Promise<MadeListing[]> {
  const { db } = desk.database;
  const cooperative = await makeCooperative(db);
  const listings: MadeListing[] = [];
  for (let made = 0; made < 5; made++) {
    const homes = [
      await makeHousehold(db, { cooperative }),
      await makeHousehold(db, { cooperative }),
    ];
    const lots = homes.map((household) => ({ household, quantity: 20_000 }));
    listings.push(await makeListing(db, { lots, priceFen: 2_990 + made * 37 }));
  }
  return listings;
}

type Paid = { orderId: string; checkoutSessionId: string };

const fillCart = (listings: MadeListing[], random: Random) =>
  random
    .sample(listings, random.between(1, 3))
    .map((listing) => ({ listing, quantity: random.between(1, 3) }));

async function makePaid(desk: Desk, items: ReturnType<typeof fillCart>): Promise<Paid> {
  const order = await makeCheckout(desk.database.db, desk.payments, items);
  if (!(await desk.payments.pay(order.url))) throw new Error("the sandbox took no payment");
  return order;
}

/** One payment's deliveries in a random order, and the buyer's return in two tabs. */
async function actsOf(desk: Desk, { checkoutSessionId }: Paid, random: Random) {
  const mail = await desk.inbox.mailOf(checkoutSessionId);
  desk.inbox.forget(checkoutSessionId);
  const bodies = [mail.completed];
  const deliveries = random.between(1, MOST_DELIVERIES);
  while (bodies.length < deliveries) bodies.push(random.pick([mail.completed, ...mail.others]));
  const hooks = random.sample(bodies, bodies.length).map((body) => () => desk.deliver(body));
  const goBack = async () => {
    const settled = await settlePayment(desk.returnDb, desk.payments.gateway, {
      checkoutSessionId,
    });
    return settled.ok && settled.outcome === "settled" ? 200 : 500;
  };
  return { hooks, returns: [goBack, goBack] };
}

/** One batch: everything of it happens at once, behind the locks of its orders. */
async function playBatch(desk: Desk, paid: Paid[], random: Random) {
  const acts = [];
  for (const order of paid) acts.push(await actsOf(desk, order, random));
  const hooks = acts.flatMap((act) => act.hooks);
  const returns = acts.flatMap((act) => act.returns);
  const ids = paid.map(({ orderId }) => orderId);
  const lock = sql`select id from orders where id = any(${ids}::uuid[]) order by id for update`;
  const all = random.sample([...hooks, ...returns], hooks.length + returns.length);
  const statuses = await raceBehind(
    desk.database.db,
    lock,
    Math.min(WAITERS, returns.length),
    all.map((act) => () => act().catch(() => 500)),
  );
  await untilWorked(desk.database.db);
  const refused = statuses.filter((status) => status !== 200).length;
  return { deliveries: hooks.length, refused, deviations: await checkBatch(desk.database.db, ids) };
}

/**
 * 10,000 payments, each told of 1 to 10 times in any order while the buyer comes back in two tabs
 * and the worker is at it: every one must come to the same end, settled and posted once.
 */
export async function webhooks(ground: Ground): Promise<Found> {
  const desk = await openDesk(await ground.openDatabase());
  const random = new Random(ground.size.seed);
  const payments = ground.count(FULL, QUICK);
  const found: Found = { passed: 0, failed: 0, deviations: [], detail: {} };
  let deliveries = 0;
  try {
    const listings = await makeShelf(desk);
    for (let made = 0; made < payments; made += BATCH) {
      const carts = Array.from({ length: Math.min(BATCH, payments - made) }, () =>
        fillCart(listings, random),
      );
      const paid = await Promise.all(carts.map((cart) => makePaid(desk, cart)));
      const played = await playBatch(desk, paid, random);
      deliveries += played.deliveries;
      if (played.refused > 0) {
        found.failed += played.refused;
        found.deviations.push(`${played.refused} deliveries or returns were not answered well`);
      }
      for (const lines of played.deviations) {
        found[lines.length === 0 ? "passed" : "failed"] += 1;
        found.deviations.push(...lines);
      }
    }
  } finally {
    await desk.close();
  }
  return { ...found, detail: { payments, deliveries, returns: payments * 2, fullSize: FULL } };
}
