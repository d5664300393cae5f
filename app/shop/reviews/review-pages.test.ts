import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decideReview } from "#app/domain/reviews/decide-review.ts";
import { smallPhoto } from "#tests/factories/farm.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { openReviewPages } from "#tests/factories/review-pages.ts";
import { linePhoto, review } from "#tests/factories/reviews.ts";
import { operatorScope } from "#tests/factories/scopes.ts";

let shop: Awaited<ReturnType<typeof openReviewPages>>;
let mine: Awaited<ReturnType<typeof shop.makeOrder>>;
beforeAll(async () => {
  shop = await openReviewPages();
});
beforeEach(async () => {
  mine = await shop.makeOrder();
});
afterAll(() => shop?.close());

const good = { stars: "4", body: "很甜，下次还买", seenVersion: "0" };
const write = (fields: Parameters<typeof shop.post>[1], who = mine) =>
  shop.post(who.path, fields, who.cookie);
const listing = () => `/produce/${mine.line.listingId}`;
describe("a buyer", () => {
  test("is led from her order to the form, and from there to the listing's page", async () => {
    const order = await shop.get(`/orders/${mine.number}`, mine.cookie);
    expect(order.html).toContain(`href="${mine.path}"`);
    const form = await shop.get(mine.path, mine.cookie);
    expect(form.html.match(/type="radio" name="stars"/g)).toHaveLength(5);
    expect(form.html).toContain("成都的买家");
    expect(form.html).toContain("30 天内可以改");
    const sent = await write({ ...good, photo: await smallPhoto() });
    expect(sent).toMatchObject({ status: 303, to: `${mine.path}?saved` });
    expect((await shop.get(sent.to, mine.cookie)).html).toContain("评价已经发表");
    const { html } = await shop.get(listing());
    for (const told of ["很甜，下次还买", "4 分 · 好", "成都的买家", "4.0 分 · 1 条评价"]) {
      expect(html).toContain(told);
    }
    for (const secret of ["王小明", "13800000000", "秘密户主", mine.number]) {
      expect(html).not.toContain(secret);
    }
    expect((await shop.get(`/orders/${mine.number}`, mine.cookie)).html).toContain("您给了 4 分");
  });

  test("who taps twice has written one, and of her photo no byte that the camera wrote is kept", async () => {
    const bytes = await phonePhoto({ width: 640, height: 480 });
    expect(bytes.includes("secret-orchard")).toBe(true);
    const photo = new File([new Uint8Array(bytes)], "甜.jpg", { type: "image/jpeg" });
    const all = await Promise.all([1, 2, 3].map(() => write({ ...good, photo })));
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303]);
    const { rows } = await sql<{ version: number; photos: number }>`
      select version, (select count(*)::int from review_photos where review_id = r.id) as photos
      from reviews r where order_line_id = ${mine.line.lineId}`.execute(shop.db);
    expect(rows).toEqual([{ version: 1, photos: 1 }]);
    const kept = await shop.db
      .selectFrom("photos")
      .select(["state", "content_hash"])
      .where("uploaded_by", "=", `line:${mine.line.lineId}`)
      .execute();
    expect(kept).toHaveLength(1);
    const inside = await readdir(shop.folder, { recursive: true, withFileTypes: true });
    const files = inside.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath, name } of files) {
      const stored = await readFile(join(parentPath, name));
      expect(/Exif|GPS|secret-orchard|ICC_PROFILE/.test(stored.toString("latin1")), name).toBe(
        false,
      );
    }
  });

  test("loses nothing that she typed, chose or sent, and is told beside the field", async () => {
    const cases: [Record<string, string>, string][] = [
      [{ ...good, body: "田".repeat(10_000) }, "写得太长了"],
      [{ ...good, body: "x".repeat(10_001) }, "写得太长了"],
      [{ ...good, body: "加我13800000000" }, "这里不要写电话号码"],
      [{ ...good, body: "加我幺三八零零零零零零零零" }, "这里不要写电话号码"],
      [{ ...good, body: "看 https://a.example" }, "这里不要写网址"],
      [{ ...good, body: "<script>alert(1)</script>" }, "这里只写普通的字"],
      [{ ...good, stars: "" }, "请从里面选一个"],
      [{ ...good, stars: "9" }, "请从里面选一个"],
    ];
    for (const [fields, told] of cases) {
      const { status, html } = await write({ ...fields, photo: await smallPhoto() });
      expect(status, told).toBe(422);
      const field = fields.stars === "4" ? "body" : "stars";
      expect(html).toMatch(new RegExp(`id="field-${field}-error"[^>]*>${told}`));
      const body = fields.body?.slice(0, 10_000).replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      expect(html).toContain(`>${body}</textarea>`);
      expect(html).toMatch(/name="photoId"[^>]* value="[0-9a-f-]{36}"/);
      if (field === "body")
        expect(html).toMatch(/name="stars"[^>]*checked="" value="4"|value="4"[^>]*checked/);
      expect(html).not.toContain("<script>alert");
    }
    const none = await shop.db
      .selectFrom("reviews")
      .select("id")
      .where("order_line_id", "=", mine.line.lineId)
      .execute();
    expect(none).toEqual([]);
  });

  test("is told which photo is none, one too many or another's", async () => {
    const bad = new File(["no photo"], "坏.jpg", { type: "image/jpeg" });
    const first = await write({ ...good, photo: [await smallPhoto(), bad] });
    expect(first.status).toBe(422);
    expect(first.html).toContain("第 2 张（坏.jpg）");
    const four = await Promise.all([1, 2, 3, 4].map(() => smallPhoto()));
    const many = await write({ ...good, photo: four });
    expect(many.html).toContain("最多放三张照片");
    const other = await shop.makeOrder();
    const photoId = await linePhoto(shop.db, other.line.lineId);
    expect((await write({ ...good, photoId })).html).toContain("有一张照片找不到了");
  });

  test("changes it, but not by a form that has not seen what it changes", async () => {
    await write(good);
    expect((await write({ ...good, body: "酸", seenVersion: "1" })).status).toBe(303);
    const late = await write({ ...good, body: "苦", seenVersion: "1" });
    expect(late.status).toBe(409);
    for (const told of [
      "刚才在别处改过",
      ">酸</p>",
      ">苦</textarea>",
      'name="seenVersion" value="2"',
    ]) {
      expect(late.html).toContain(told);
    }
    const page = await shop.get(listing());
    expect(page.html).toContain("改过");
    expect(page.html).toContain(">酸<");
  });

  test("of another order finds no form, and sends to none", async () => {
    const other = await shop.makeOrder();
    const strange = `/orders/${mine.number}/lines/${other.line.lineId}/review`;
    for (const [path, cookie] of [
      [mine.path, other.cookie],
      [mine.path, ""],
      [strange, mine.cookie],
      [`/orders/${mine.number}/lines/x/review`, mine.cookie],
    ] as const) {
      expect((await shop.get(path, cookie)).status).toBe(404);
      expect((await shop.post(path, good, cookie)).status).toBe(404);
    }
  });

  test("reviews nothing before it has come, and keeps what she typed", async () => {
    const early = await shop.makeOrder({ status: "shipped" });
    expect((await shop.get(early.path, early.cookie)).html).toContain("还没送到");
    expect((await shop.get(`/orders/${early.number}`, early.cookie)).html).not.toContain(
      early.path,
    );
    const sent = await write({ ...good, photo: await smallPhoto() }, early);
    expect(sent.status).toBe(409);
    expect(sent.html).toContain(">很甜，下次还买</textarea>");
  });

  test("whose review was hidden is told why, and nobody else sees it", async () => {
    const reviewId = await review(shop.db, mine.line, { body: "被藏的话" });
    await decideReview(shop.db, operatorScope({ userId: "op" }), {
      ...{ reviewId, seenVersion: 1 },
      decision: { hide: true, reason: "abuse", note: "" },
    });
    const { html } = await shop.get(mine.path, mine.cookie);
    expect(html).toContain("原因：骂人、侮辱人");
    expect(html).not.toContain('<form method="post" enctype');
    for (const path of [listing(), `${listing()}/reviews`]) {
      expect((await shop.get(path)).html).not.toContain("被藏的话");
    }
    expect((await write({ ...good, seenVersion: "1" })).html).toContain("这条评价没有公开");
  });
});
