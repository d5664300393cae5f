import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import { createPool } from "#db/client.ts";
import { type DayPage, dayPages } from "./coop-day/day-pages.ts";
import { fillDay } from "./coop-day/fill-day.ts";
import { crowd } from "./crowd.ts";
import type { Measured } from "./figures.ts";
import { type Browser, expectStatus, openBrowser } from "./market/browser.ts";
import type { Market } from "./market/open.ts";
import { signInBuyers } from "./market/sign-in-buyers.ts";
import { recordingDb } from "./orders/recording-db.ts";
import { measurePairs, median, quantile, ratioOf } from "./pairs.ts";

const USERS = 10;
const PROMISED_MS = 300;

/** Ten people who may do everything in the cooperative, each signed in. */
async function signInManagers(market: Market, cooperativeId: string) {
  const people = await signInBuyers(market, USERS);
  const members = people.map(({ userId }, number) => ({
    ...{ id: uuidv7(), cooperative_id: cooperativeId, user_id: userId, role: "manager" },
    name: `Trial ${number}`,
  }));
  await market.db.insertInto("cooperative_members").values(members).execute();
  const scope = { userId: people[0]?.userId ?? "", cooperativeId } as CoopScope;
  const browsers = people.map(({ address, cookies }) => openBrowser(market.url, address, cookies));
  return { scope, browsers };
}

/** The 95th of a hundred waits for what ten at once ask for, in milliseconds. */
async function p95(asked: number, ask: (user: number) => Promise<unknown>): Promise<number> {
  const free = Array.from({ length: USERS }, (_, user) => user);
  const times: number[] = [];
  await crowd(asked, USERS, async () => {
    const user = free.pop() ?? 0;
    const startedAt = performance.now();
    await ask(user);
    times.push(performance.now() - startedAt);
    free.push(user);
  });
  return quantile(times, 0.95);
}

/** That the page shows the day, and how large it is. */
async function lookAt(browser: Browser | undefined, { path, has }: DayPage): Promise<number> {
  if (!browser) throw new Error("nobody is signed in");
  const answer = expectStatus(await browser.get(path), 200, path);
  const found = answer.text().match(has.words)?.length ?? 0;
  if (found < has.times) throw new Error(`${path} shows ${found} of ${has.times}`);
  return answer.bytes;
}

/** The manager's pages of a day of 1,000 orders over HTTP, ten at once, against their plain SQL, ten at once. */
export async function coopDay(market: Market): Promise<Measured> {
  const { db, isQuick, adminUrl } = market;
  const { cooperativeId } = await fillDay(db);
  const { scope, browsers } = await signInManagers(market, cooperativeId);
  const pool = createPool(adminUrl, USERS);
  const asked = isQuick ? 60 : 200;
  try {
    const pages = [];
    for (const page of dayPages) {
      const recording = recordingDb(db, {});
      await page.read(recording.db, scope);
      const statements = recording.take();
      const bytes = await lookAt(browsers[0], page);
      const pairs = await measurePairs(
        isQuick ? 5 : 7,
        () =>
          p95(asked, async (user) => {
            const answer = await browsers[user]?.get(page.path);
            if (answer) expectStatus(answer, 200, page.path);
          }),
        () =>
          p95(asked, async () => {
            const client = await pool.connect();
            try {
              for (const { sql, parameters } of statements)
                await client.query(sql, [...parameters]);
            } finally {
              client.release();
            }
          }),
      );
      const ms = Math.round(median(pairs.map(({ first }) => first)));
      const { name } = page;
      pages.push({ name, ms, isPromised: ms <= PROMISED_MS, ratio: ratioOf(pairs), bytes, pairs });
    }
    return {
      value: Math.max(...pages.map(({ ratio }) => ratio)),
      detail: {
        first: `ms, p95 of a page over HTTP, ${USERS} signed-in managers at once, none of whom waits between pages`,
        second: `ms, p95 of what the page asks PostgreSQL for, ${USERS} connections at once; the worst page's ratio counts`,
        promised: `${PROMISED_MS} ms each`,
        pages,
      },
    };
  } finally {
    for (const browser of browsers) browser.close();
    await pool.end();
  }
}
