import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { answerByLink } from "#app/domain/consents/answer-consent.ts";
import { readHistory } from "#app/domain/listings/read-history.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { send } from "#tests/setup/gate.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import { makeAsked, onBehalfOf, readAsked } from "./consents.ts";
import { openFarm } from "./farm.ts";
import { type MadeHousehold, makeHousehold } from "./people.ts";

const publicUrl = "http://market.test";
export type Fields = Record<string, string | File>;
export type CoopLine = Awaited<ReturnType<typeof openCoopLine>>;

/** The market's own server over real HTTP, for farmers and managers of one listing. */
export async function openCoopLine(routes: Record<string, object>) {
  const farm = await openFarm();
  const { db } = farm;
  const { context } = farm.args(new Headers());
  const services = { ...context, publicUrl, log: createLogger("test", "silent") };
  const line = await serveRoutes(routes, services as unknown as Services);

  async function signInAs(table: "household" | "cooperative", id: string): Promise<string> {
    const { made } = farm;
    const { userId: user_id, headers } = await made.signIn(made.nextPhone());
    if (table === "household") {
      await db
        .insertInto("household_members")
        .values({ id: uuidv7(), household_id: id, user_id })
        .execute();
    } else {
      const member = { id: uuidv7(), cooperative_id: id, user_id, role: "manager" };
      await db.insertInto("cooperative_members").values(member).execute();
    }
    return headers.get("cookie") ?? "";
  }

  /** Posts a form as a browser does: "303 /where" or "409". */
  async function post(path: string, cookie: string, fields: Fields = {}, files = false) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const plain = new URLSearchParams(fields as Record<string, string>);
    const body = new Response(files ? form : plain);
    const answered = await send(`http://127.0.0.1:${line.port}${path}`, {
      headers: {
        ...{ host: "market.test", origin: publicUrl, cookie },
        "content-type": body.headers.get("content-type") ?? "",
      },
      body: Buffer.from(await body.arrayBuffer()) as unknown as string,
    });
    return `${answered.status} ${answered.headers.location ?? ""}`.trim();
  }

  const get = async (path: string, cookie: string) =>
    (await send(`http://127.0.0.1:${line.port}${path}`, { method: "GET", headers: { cookie } }))
      .status;

  /** A household with both sides signed in, and what it sells. */
  async function sold() {
    const household = await makeHousehold(db);
    const cookies = {
      farm: await signInAs("household", household.id),
      coop: await signInAs("cooperative", household.cooperativeId),
    };
    const { listingId } = await makeAsked(db, { household });
    const { token } = await readAsked(db, listingId);
    const agree = () => answerByLink(db, { token, answer: "agreed" });
    return { household, cookies, listingId, agree };
  }

  async function readListing(id: string) {
    const row = db.selectFrom("listings").where("id", "=", id);
    return row.select(["price_fen", "title_zh", "status", "version"]).executeTakeFirstOrThrow();
  }

  /** What the edit form says of a listing, as it is shown. */
  async function formOf(listingId: string): Promise<Fields> {
    const { version, title_zh, price_fen } = await readListing(listingId);
    const photo = db.selectFrom("listing_photos").where("listing_id", "=", listingId);
    const { photo_id } = await photo.select("photo_id").executeTakeFirstOrThrow();
    return {
      ...{ version: String(version), title: title_zh, titleEn: "", grade: "first" },
      ...{ unit: "box-5jin", unitGrams: "", price: (price_fen / 100).toFixed(2) },
      ...{ harvestedOn: shanghaiDay(new Date()), photoId: photo_id },
    };
  }

  /** "price cooperative", newest first. */
  const whoChanged = async (household: MadeHousehold, listingId: string) => {
    const scope = await onBehalfOf(db, household);
    const entries = await readHistory(db, { ...scope, userId: "nobody" }, listingId);
    return entries.map(({ what, by }) => `${what} ${by}`);
  };

  async function close() {
    await line.close();
    await farm.close();
  }

  return { farm, db, signInAs, post, get, sold, readListing, formOf, whoChanged, close };
}
