import { sql } from "kysely";
import type { Random } from "#db/seed/random.ts";
import { checkSeed } from "./check-seed.ts";
import { type Asked, answering, offering } from "./replace.ts";
import {
  atOnce,
  expire,
  giveUp,
  isServable,
  openPage,
  type Page,
  type Placed,
  place,
  type Rush,
  settle,
} from "./rush.ts";
import { readShelf, type Want } from "./stage.ts";

type Played = {
  unitsSold: number;
  orders: number;
  refused: number;
  latePayments: number;
  offeredInstead: number;
  gaveMoneyBack: number;
  tookInstead: number;
  deviations: string[];
};

type Fate = "pays" | "expires" | "pays-late" | "gives-up";
const FATES: Fate[] = ["pays", "pays", "expires", "pays-late", "pays-late", "gives-up"];

/** So many of those who were refused try again while orders end; the others when all is over. */
const TRY_AGAIN = 100;

/** Those who were served, and those who were not and may try again. */
async function rushFor(rush: Rush, wants: readonly Want[], others: (() => Promise<unknown>)[]) {
  const placed: Placed[] = [];
  const refused: Want[] = [];
  const tries = wants.map((want) => async () => {
    const order = await place(rush, want);
    if (order) placed.push(order);
    else refused.push(want);
  });
  // In turns, so that those who give back and those who want more meet.
  const mixed: (() => Promise<unknown>)[] = [];
  for (let turn = 0; turn < Math.max(tries.length, others.length); turn++) {
    mixed.push(...[others[turn], tries[turn]].filter((act) => act !== undefined));
  }
  await atOnce(rush, mixed);
  return { placed, refused };
}

const openPages = (rush: Rush, placed: readonly Placed[]) =>
  Promise.all(placed.map(async (order) => ({ order, page: await openPage(rush, order) })));

const pay = (rush: Rush, page: Page) => rush.bank.pay(page, page.fen, "cny");

/** What becomes of the orders of the first rush, each in a page of its own at the bank. */
async function decide(rush: Rush, placed: readonly Placed[], random: Random) {
  const acts: (() => Promise<unknown>)[] = [];
  const late: Page[] = [];
  const opened = await openPages(rush, placed);
  for (const { order, page } of opened) {
    const fate = random.pick(FATES);
    if (fate === "pays") {
      pay(rush, page);
      // The webhook, the buyer's return and the expiry at the same moment.
      acts.push(settle(rush, page), expire(rush, order), settle(rush, page));
    } else if (fate === "gives-up") acts.push(giveUp(rush, order), giveUp(rush, order));
    else acts.push(expire(rush, order));
    if (fate === "pays-late") late.push(page);
  }
  return { acts, late };
}

/** Plays one seed to its end: everybody is served, refused or paid back. */
export async function playSeed(rush: Rush, random: Random): Promise<Played> {
  const { stage, guard } = rush;
  const deviations: string[] = [];
  const plain = stage.listings[0]?.id ?? "";
  const first = await rushFor(rush, stage.wants, []);
  const held = (await readShelf(guard, stage)).get(plain);
  const demand = stage.wants.filter((want) => want.isPlain).length;
  if (held?.held !== Math.min(held?.all ?? 0, demand)) {
    deviations.push(`${held?.held} of ${held?.all} units were held for ${demand} who want one`);
  }

  const { acts, late } = await decide(rush, first.placed, random);
  const second = await rushFor(rush, first.refused.slice(0, TRY_AGAIN), acts);
  for (const page of late) pay(rush, page);
  const settling = late.flatMap((page) => [settle(rush, page), settle(rush, page)]);
  const asked: Asked[] = [];
  const offers = await offering(rush, first.placed, random, (each) => asked.push(each));
  const others = [...settling, ...offers];
  const third = await rushFor(rush, first.refused.slice(TRY_AGAIN, 2 * TRY_AGAIN), others);
  const refused = [...second.refused, ...third.refused, ...first.refused.slice(2 * TRY_AGAIN)];

  const rest = [...second.placed, ...third.placed];
  const opened = await openPages(rush, rest);
  for (const { page } of opened) pay(rush, page);
  await atOnce(rush, [
    ...opened.map(({ page }) => settle(rush, page)),
    ...answering(rush, asked, random),
  ]);

  const last = await serveTheLast(rush, refused, deviations);
  deviations.push(...rush.thrown.map((line) => `a buyer was told “${line}”`));
  const checked = await checkSeed(rush, late.length);
  await sql`delete from carts where visitor_id = any(${stage.wants.map(
    ({ buyer }) => buyer.visitorId,
  )})`.execute(guard);
  // Emptied row by row: after a truncate every connection would plan its statements anew.
  await sql`delete from graphile_worker._private_jobs`.execute(guard);
  return {
    ...checked,
    orders: first.placed.length + rest.length + last,
    refused: refused.length - last,
    latePayments: late.length,
    offeredInstead: asked.length,
    deviations: [...deviations, ...checked.deviations],
  };
}

/** Whoever can still be served must be; so what is left over is what nobody can use. */
async function serveTheLast(rush: Rush, refused: readonly Want[], deviations: string[]) {
  const served = new Set<Want>();
  let shelf = await readShelf(rush.guard, rush.stage);
  for (const want of refused) {
    if (!isServable(shelf, want)) continue;
    const order = await place(rush, want);
    if (!order) {
      deviations.push("a buyer was refused what was there");
      continue;
    }
    served.add(want);
    const page = await openPage(rush, order);
    pay(rush, page);
    await settle(rush, page)();
    shelf = await readShelf(rush.guard, rush.stage);
  }
  const unserved = refused.find((want) => !served.has(want) && !isServable(shelf, want));
  if (unserved && (await place(rush, unserved))) deviations.push("a buyer was sold what is gone");
  return served.size;
}
