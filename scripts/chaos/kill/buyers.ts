import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, formWith, openBrowser } from "../weak-network/browser.ts";
import { ADDRESS, CARD } from "../weak-network/checkout.ts";
import { openWeakLine } from "../weak-network/weak-line.ts";

/** What the market has said to buyers: these must be there afterwards, whatever was killed. */
export type Acknowledged = {
  /** Payment pages that a placed order was answered with, by their session's id. */
  sessions: string[];
  /** Numbers of orders whose payment was answered as done. */
  paid: string[];
  /** Requests that were answered with an error, or not at all: a buyer's cue to try again. */
  failures: number;
};

export async function putIntoCart(browser: Browser, produce: string): Promise<boolean> {
  const listing = await browser.send({ path: produce });
  if (listing.status !== 200 || !listing.html.includes('name="clientKey"')) return false;
  const fields = formWith(listing.html, "clientKey", "quantity");
  return (await browser.send({ path: produce, fields })).status === 303;
}

/** One purchase as far as it gets; every answer that promises something is noted. */
async function buyOnce(browser: Browser, produce: string, said: Acknowledged): Promise<boolean> {
  if (!(await putIntoCart(browser, produce))) return false;
  const checkout = await browser.send({ path: "/checkout" });
  if (checkout.status !== 200) return false;
  const filled = { ...formWith(checkout.html, "orderKey", "recipient"), ...ADDRESS };
  const priced = await browser.send({ path: "/checkout", fields: { ...filled, step: "region" } });
  if (priced.status !== 200) return false;
  const { step: _button, ...whole } = formWith(priced.html, "orderKey", "recipient");
  const placed = await browser.send({ path: "/checkout", fields: { ...whole, ...ADDRESS } });
  const session = /\/pay\/(cs_\w+)/.exec(placed.location)?.[1];
  if (placed.status !== 303 || !session) return false;
  said.sessions.push(session);
  const page = await browser.send({ path: placed.location });
  if (page.status !== 200) return false;
  const card = { ...formWith(page.html, "number", "cvc"), ...CARD };
  const paid = await browser.send({ path: placed.location, fields: card });
  const number = /\/orders\/(TJ\d{14})\/return/.exec(paid.location)?.[1];
  if (paid.status !== 303 || !number) return false;
  said.paid.push(number);
  return (await browser.send({ path: paid.location })).status === 303;
}

let readers = 0;

/** Someone new each time, from an address of her own. */
export async function withBrowser<Result>(
  port: number,
  work: (browser: Browser) => Promise<Result>,
): Promise<Result> {
  const reader = ++readers;
  const line = await openWeakLine(port, `127.20.${(reader >> 8) & 255}.${reader & 255 || 1}`);
  try {
    return await work(openBrowser(line));
  } finally {
    line.close();
  }
}

/** Buyers who go on buying, one after the other in each of some queues, until they are told to stop. */
export function letBuy(port: number, shelf: readonly string[], queues: number) {
  const said: Acknowledged = { sessions: [], paid: [], failures: 0 };
  let isOver = false;
  const queue = async (at: number) => {
    for (let turn = at; !isOver; turn++) {
      const produce = shelf[turn % shelf.length] ?? "";
      const isDone = await withBrowser(port, (browser) => buyOnce(browser, produce, said)).catch(
        () => false,
      );
      if (isDone) continue;
      said.failures += 1;
      await sleep(100);
    }
  };
  const all = Array.from({ length: queues }, (_, at) => queue(at));
  return {
    said,
    async stop() {
      isOver = true;
      await Promise.all(all);
    },
  };
}
