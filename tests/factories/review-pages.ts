import { v7 as uuidv7 } from "uuid";
import * as coopAnswer from "#app/coop/reviews/answer.tsx";
import * as coopReviews from "#app/coop/reviews/list.tsx";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import * as notFound from "#app/not-found.tsx";
import * as oneReported from "#app/operations/review.tsx";
import * as reported from "#app/operations/reviews.tsx";
import { createLimits } from "#app/security/limits.ts";
import { createReportLimits } from "#app/security/report-limits.ts";
import * as order from "#app/shop/orders/page.tsx";
import * as produce from "#app/shop/produce/page.tsx";
import * as listed from "#app/shop/reviews/page.tsx";
import * as report from "#app/shop/reviews/report.tsx";
import * as write from "#app/shop/reviews/write.tsx";
import * as cooperative from "#app/shop/shelves/cooperative.tsx";
import * as household from "#app/shop/shelves/household.tsx";
import { servePages } from "#tests/setup/serve-pages.ts";
import { type Fields, formOf, openFarm } from "./farm.ts";
import { makeHousehold } from "./people.ts";
import { type MadeDelivered, makeDelivered } from "./reviews.ts";

const publicUrl = "http://market.test";

/** The pages of reviews over HTTP, before a delivered order of one household's listing. */
export async function openReviewPages() {
  const farm = await openFarm();
  const { db, made } = farm;
  const { context } = farm.args(new Headers());
  const limits = createReportLimits(createLimits({ pool: made.pool, secret: "reviews in a test" }));
  const services = { ...context, publicUrl, limits, log: createLogger("test", "silent") };
  const pages = {
    "produce/:listingId": produce,
    "produce/:listingId/reviews": listed,
    "reviews/:reviewId/report": report,
    "orders/:number": order,
    "orders/:number/lines/:lineId/review": write,
    "cooperatives/:slug": cooperative,
    "households/:alias": household,
    "coop/reviews": coopReviews,
    "coop/reviews/:reviewId": coopAnswer,
    "operations/reviews": reported,
    "operations/reviews/:reviewId": oneReported,
    "*": notFound,
  };
  const shop = await servePages(pages, services as unknown as Services);
  let sent = 0;

  async function post(path: string, fields: Fields, cookie = "", address = `10.2.0.${++sent}`) {
    const answer = await fetch(`http://127.0.0.1:${shop.port}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: publicUrl, cookie, "x-forwarded-for": address },
      body: formOf(fields),
    });
    const to = answer.headers.get("location") ?? "";
    return { status: answer.status, to, html: await answer.text() };
  }

  const get = (path: string, cookie = "") => shop.get(path, { cookie });
  const cookieOf = ({ buyer }: Pick<MadeDelivered, "buyer">) => `visitor=${buyer.visitorId}`;

  async function signInAs(table: "cooperative" | "operator", cooperativeId = ""): Promise<string> {
    const { userId: user_id, headers } = await made.signIn(made.nextPhone());
    const id = uuidv7();
    if (table === "operator") await db.insertInto("operators").values({ id, user_id }).execute();
    else {
      const member = { id, cooperative_id: cooperativeId, user_id, role: "manager" };
      await db.insertInto("cooperative_members").values(member).execute();
    }
    return headers.get("cookie") ?? "";
  }

  async function makeOrder(of: Parameters<typeof makeDelivered>[2] = {}) {
    const home = await makeHousehold(db, { headName: "秘密户主" });
    const delivered = await makeDelivered(db, [[home]], of);
    const [line] = delivered.lines;
    if (!line) throw new Error("no line");
    const path = `/orders/${delivered.number}/lines/${line.lineId}/review`;
    return { ...delivered, home, line, path, cookie: cookieOf(delivered) };
  }

  async function close(): Promise<void> {
    await shop.close();
    await farm.close();
  }
  return { db, folder: farm.folder, get, post, signInAs, makeOrder, close };
}
