import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openReviewPages } from "#tests/factories/review-pages.ts";
import { makeDelivered, review, wrongSums } from "#tests/factories/reviews.ts";

let shop: Awaited<ReturnType<typeof openReviewPages>>;
let mine: Awaited<ReturnType<typeof shop.makeOrder>>;
beforeAll(async () => {
  shop = await openReviewPages();
});
beforeEach(async () => {
  mine = await shop.makeOrder();
});
afterAll(() => shop?.close());

const listing = () => `/produce/${mine.line.listingId}`;
const dataOf = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)]
    .map(([, json = ""]) => JSON.parse(json))
    .find((thing) => thing["@type"] === "Product");

describe("everybody", () => {
  test("reads the newest on the listing's page, all of them page by page, and machines the average", async () => {
    const ids = [await review(shop.db, mine.line, { stars: 3, body: "第 0 条" })];
    for (let at = 1; at < 22; at++) {
      const order = await makeDelivered(shop.db, [[mine.home]], { listingId: mine.line.listingId });
      const [line] = order.lines;
      if (line) ids.push(await review(shop.db, line, { stars: 5, body: `第 ${at} 条` }));
    }
    const { html } = await shop.get(listing());
    expect([...html.matchAll(/<p[^>]*>(第 \d+ 条)<\/p>/g)].map(([, words]) => words)).toEqual([
      "第 21 条",
      "第 20 条",
      "第 19 条",
    ]);
    expect(html).toContain(`href="${listing()}/reviews"`);
    expect(dataOf(html)).toMatchObject({
      aggregateRating: { "@type": "AggregateRating", ratingValue: "4.9", reviewCount: 22 },
      review: [
        {
          ...{ "@type": "Review", reviewBody: "第 21 条", reviewRating: { ratingValue: 5 } },
          author: { "@type": "Person", name: "成都的买家" },
        },
        {},
        {},
      ],
    });
    const first = await shop.get(`${listing()}/reviews`);
    const older = /href="([^"]+reviews\?before=[0-9a-f-]+)"/.exec(first.html)?.[1] ?? "";
    const second = await shop.get(older);
    expect(second.html).toContain("第 0 条");
    expect(second.html).not.toContain("第 2 条");
    const coop = await shop.db
      .selectFrom("cooperatives")
      .select("slug")
      .where("id", "=", mine.line.cooperativeId)
      .executeTakeFirstOrThrow();
    expect((await shop.get(`/cooperatives/${coop.slug}`)).html).toContain(
      "4.9 分</b>（满分 5 分），22 条评价",
    );
    const home = await shop.db
      .selectFrom("households")
      .select("page_name")
      .where("id", "=", mine.home.id)
      .executeTakeFirstOrThrow();
    const household = await shop.get(`/households/${encodeURIComponent(home.page_name)}`);
    expect(household.html).toContain("4.9 分（满分 5 分），至少 3 条评价的平均");
    expect(household.html).not.toContain("22 条");
    expect(await wrongSums(shop.db)).toEqual([]);
  });

  test("reads no word of reviews where there are none", async () => {
    const { html } = await shop.get(listing());
    expect(html).not.toContain("买家评价");
    expect(dataOf(html)).not.toHaveProperty("aggregateRating");
    expect((await shop.get(`${listing()}/reviews`)).html).toContain("还没有人评价");
    expect((await shop.get("/produce/018f0000-0000-7000-8000-000000000000/reviews")).status).toBe(
      404,
    );
  });

  test("reports a review once, and not without end from one network", async () => {
    const reviewId = await review(shop.db, mine.line);
    const path = `/reviews/${reviewId}/report`;
    const key = () => crypto.randomUUID();
    expect((await shop.get(path)).html.match(/type="radio" name="reason"/g)).toHaveLength(5);
    const send = (fields: Record<string, string>, address?: string) =>
      shop.post(path, fields, "visitor=AAAAAAAAAAAAAAAAAAAAAA", address);
    for (let turn = 0; turn < 2; turn++) {
      const sent = await send({ reason: "abuse", clientKey: key() });
      expect(sent).toMatchObject({ status: 303, to: `${path}?sent` });
    }
    const { n } = await shop.db
      .selectFrom("review_reports")
      .select((q) => q.fn.countAll<number>().as("n"))
      .where("review_id", "=", reviewId)
      .executeTakeFirstOrThrow();
    expect(n).toBe(1);
    const empty = await send({ clientKey: key() });
    expect([empty.status, empty.html.includes("请从里面选一个")]).toEqual([422, true]);
    const one = "10.9.9.9";
    for (let turn = 0; turn < 20; turn++) {
      expect((await send({ reason: "other", clientKey: key() }, one)).status).toBe(303);
    }
    const over = await send({ reason: "other", clientKey: key() }, one);
    expect(over.status).toBe(429);
    expect(over.html).toContain("今天举报得太多了");
    expect(over.html).toMatch(/checked="" value="other"|value="other"[^>]*checked/);
    for (const id of ["x", crypto.randomUUID()]) {
      const missing = `/reviews/${id}/report`;
      expect((await shop.get(missing)).status).toBe(404);
      expect((await shop.post(missing, { reason: "abuse", clientKey: key() })).status).toBe(404);
    }
  });
});

describe("who answers and who decides", () => {
  test("a manager answers reviews of her own cooperative, and the answer stands below", async () => {
    const reviewId = await review(shop.db, mine.line, { stars: 1, body: "坏了" });
    const manager = await shop.signInAs("cooperative", mine.line.cooperativeId);
    const stranger = await shop.signInAs(
      "cooperative",
      (await shop.makeOrder()).line.cooperativeId,
    );
    const path = `/coop/reviews/${reviewId}`;
    expect((await shop.get("/coop/reviews?show=unanswered", manager)).html).toContain(path);
    expect((await shop.get("/coop/reviews", stranger)).html).not.toContain(path);
    expect((await shop.get(path, stranger)).status).toBe(404);
    expect((await shop.post(path, { body: "好" }, stranger)).status).toBe(404);
    const bad = await shop.post(path, { body: "打13800000000", seenVersion: "0" }, manager);
    expect([bad.status, bad.html.includes(">打13800000000</textarea>")]).toEqual([422, true]);
    const answer = { body: "对不起，已补发", seenVersion: "0" };
    for (let turn = 0; turn < 2; turn++) {
      expect((await shop.post(path, answer, manager)).status).toBe(303);
    }
    expect((await shop.post(path, { body: "别的", seenVersion: "0" }, manager)).status).toBe(409);
    const { html } = await shop.get(listing());
    expect(html.indexOf("对不起，已补发")).toBeGreaterThan(html.indexOf(">坏了<"));
    expect((await shop.get("/coop/reviews?show=unanswered", manager)).html).not.toContain(path);
  });

  test("the operator alone sees what was reported, and decides with a reason", async () => {
    const reviewId = await review(shop.db, mine.line, { body: "举报的话" });
    const clientKey = crypto.randomUUID();
    await shop.post(`/reviews/${reviewId}/report`, { reason: "private", clientKey });
    const operator = await shop.signInAs("operator");
    const manager = await shop.signInAs("cooperative", mine.line.cooperativeId);
    const path = `/operations/reviews/${reviewId}`;
    expect((await shop.get("/operations/reviews", manager)).status).toBe(403);
    expect((await shop.post(path, { decision: "hide-abuse" }, manager)).status).toBe(403);
    expect((await shop.get("/operations/reviews", operator)).html).toContain("举报的话");
    expect((await shop.get("/operations/reviews/x", operator)).status).toBe(404);
    const decide = (fields: Record<string, string>) => shop.post(path, fields, operator);
    const none = await decide({ seenVersion: "1", note: "写着" });
    expect([none.status, none.html.includes('value="写着"')]).toEqual([422, true]);
    expect((await decide({ decision: "hide-other", seenVersion: "1" })).status).toBe(422);
    expect((await decide({ decision: "hide-private", seenVersion: "7" })).status).toBe(409);
    const done = { decision: "hide-private", seenVersion: "1", note: "写了名字" };
    for (let turn = 0; turn < 2; turn++) expect((await decide(done)).status).toBe(303);
    expect((await shop.get(listing())).html).not.toContain("举报的话");
    const { html } = await shop.get(path, operator);
    for (const told of ["现在收起来了", "说了别人的私事或姓名", "写了名字"])
      expect(html).toContain(told);
    expect(html.match(/写了名字/g)).toHaveLength(1);
  });
});
