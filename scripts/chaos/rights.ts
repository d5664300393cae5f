import { request } from "node:http";
import { join } from "node:path";
import { sql } from "kysely";
import { photoStoreInFolder } from "#app/gateways/photo-store.ts";
import appRoutes from "#app/routes.ts";
import { createDb, createPool } from "#db/client.ts";
import { Random } from "#db/seed/random.ts";
import type { Found, Ground } from "./ground.ts";
import { type Actor, type Cell, makeCells } from "./rights/cells.ts";
import { setStage } from "./rights/stage.ts";

/** Demo people of one cooperative; the packer is lent by another one. */
const PHONES: Record<Exclude<Actor, "anonymous">, string> = {
  ...{ buyer: "+8610000000002", farmer: "+8610000000001", packer: "+8610000000010" },
  ...{ bookkeeper: "+8610000000014", manager: "+8610000000003" },
  ...{ officer: "+8610000000005", operator: "+8610000000007" },
};
/** So many forms go out from one address before the next one; the market slows down who sends more. */
const FROM_ONE_ADDRESS = 100;
const QUICK_SHARE = 4;

type Answer = { status: number; location: string; cookies: string[] };

function openDoor(port: number) {
  const origin = `http://127.0.0.1:${port}`;
  let asked = 0;
  return (method: string, path: string, cookie: string, body?: string): Promise<Answer> => {
    const block = Math.floor(asked++ / FROM_ONE_ADDRESS);
    const localAddress = `127.7.${Math.floor(block / 250)}.${(block % 250) + 1}`;
    const headers: Record<string, string> = { accept: "text/html", origin };
    if (cookie) headers.cookie = cookie;
    if (body !== undefined) headers["content-type"] = "application/x-www-form-urlencoded";
    return new Promise((resolve, reject) => {
      const to = { host: "127.0.0.1", port, path, method, headers, localAddress };
      const sent = request(to, (answer) => {
        answer.resume();
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: (answer.headers.location ?? "").replace(origin, ""),
            cookies: (answer.headers["set-cookie"] ?? []).map((each) => each.split(";")[0] ?? ""),
          }),
        );
      });
      sent.setTimeout(30_000, () => sent.destroy(new Error(`no answer from ${method} ${path}`)));
      sent.on("error", reject);
      sent.end(body);
    });
  };
}

/**
 * What would change what the others are asked for comes last: a form of one's own, and after all of them
 * the ones that leave nothing to be told of a cycle, and of a listing nothing to be changed.
 */
const order = ({ method, whose, actor, path }: Cell) =>
  Number(method === "POST") * 2 +
  Number(method === "POST" && whose === "own" && actor !== "anonymous") *
    (/\/(calling-off|withdrawal)$/.test(path) ? 2 : 1);

/**
 * Every address of the market, asked for by each kind of person with each method, for what is her own
 * and what is another cooperative's, household's, county's or buyer's. Nobody gets further than her
 * door, nobody is turned away from it, nothing is a fault of ours; and a route of which no row says
 * who may come in counts as one that deviates. The quick size asks a quarter of the cells, by the seed.
 */
export async function rights(ground: Ground): Promise<Found> {
  const market = await ground.openMarket();
  const db = createDb(createPool(market.databaseUrl, 2));
  const photos = photoStoreInFolder(join(market.dataDir, "photos"));
  try {
    await sql`update cooperative_members set role = 'packer',
        cooperative_id = (select id from cooperatives where slug = 'yanyuan')
      where user_id = 'demo-0010'`.execute(db);
    const own = await setStage(db, photos, "yanyuan", {
      ...{ bookkeeper: "demo-0014", farmer: "demo-0001", buyer: "demo-0002" },
      stranger: "+8610000000098",
    });
    const another = await setStage(db, photos, "lixian", {
      ...{ bookkeeper: "demo-0015", farmer: "demo-0008", buyer: "demo-0009" },
      stranger: "+8610000000099",
    });
    const { cells, without } = makeCells(appRoutes, { own, another });
    const ask = openDoor(market.port);
    const cookieOf = new Map<Actor, string>([["anonymous", ""]]);
    for (const [actor, phone] of Object.entries(PHONES) as [Actor, string][]) {
      const body = new URLSearchParams({ phone }).toString();
      const { status, cookies } = await ask("POST", "/sandbox/sign-in", "", body);
      if (status !== 303) throw new Error(`the ${actor} could not sign in: ${status}`);
      cookieOf.set(actor, cookies.join("; "));
    }
    const random = new Random(ground.size.seed);
    const chosen = cells
      .filter(() => ground.count(QUICK_SHARE, 1) >= QUICK_SHARE || random.next() < 1 / QUICK_SHARE)
      .toSorted((one, other) => order(one) - order(other));
    const deviations = [...without];
    for (const { actor, method, path, whose, must } of chosen) {
      const isEnd = /\/sign-out$/.test(path) && method === "POST";
      const cookie = isEnd ? "" : (cookieOf.get(actor) ?? "");
      const body = method === "POST" ? "nothing=right" : undefined;
      const { status, location } = await ask(method, path, cookie, body);
      if (must.holds(status, location)) continue;
      deviations.push(
        `${method} ${path} (${whose}) by ${actor}: ${status} ${location}, must ${must.words}`,
      );
    }
    const detail = { cells: chosen.length, routes: appRoutes.length - 1, ofCells: cells.length };
    const failed = deviations.length;
    return { passed: chosen.length - (failed - without.length), failed, deviations, detail };
  } finally {
    await db.destroy();
  }
}
