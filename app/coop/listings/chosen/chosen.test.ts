import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makeImportCoop } from "#tests/factories/imports.ts";
import * as list from "../list.tsx";
import * as page from "./page.tsx";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({ "coop/listings": list, "coop/listings/chosen": page });
});
afterAll(() => pages.close());

/** A cooperative with two listings, and a manager of it who is signed in. */
async function makeDesk() {
  const coop = await makeImportCoop(pages.db);
  const manager = await pages.signInFor(coop.scope.cooperativeId);
  const [a, b] = coop.listings;
  const at = (deed: string, ...more: string[]) =>
    `/coop/listings/chosen?deed=${deed}&${[a, b, ...more].map((id) => `listing=${id}`).join("&")}`;
  const get = async (path: string) => (await manager.get(path)).html;
  return { ...coop, a, b, at, get, post: manager.post };
}

const imports = (cooperativeId: string) =>
  pages.db
    .selectFrom("imports")
    .select(["id", "kind"])
    .where("cooperative_id", "=", cooperativeId)
    .execute();

test("a list has a box for each listing that runs, all of them by a link, and what can be done with them", async () => {
  const { a, b, get } = await makeDesk();
  await pages.db.updateTable("listings").set({ status: "withdrawn" }).where("id", "=", b).execute();
  const boxes = (html: string) => html.match(/<input[^>]*form="chosen"[^>]*>/g) ?? [];
  const [box = "", ...others] = boxes(await get("/coop/listings"));
  expect(others).toEqual([]);
  expect(box).toContain(`value="${a}"`);
  expect(box).not.toContain("checked");
  expect(boxes(await get("/coop/listings?page=1&choose=all"))[0]).toContain("checked");
  for (const deed of ["pause", "resume", "price", "restock"]) {
    expect(await get("/coop/listings")).toContain(`name="deed" value="${deed}"`);
  }
});

test("what is chosen is looked at, paused, answered row by row, and another's is not there", async () => {
  const [desk, other] = [await makeDesk(), await makeDesk()];
  const path = desk.at("pause", other.a, "x' or true");
  const html = await desk.get(path);
  expect(html).toContain("选中了 2 件货");
  const { html: answered } = await desk.post(path, {});
  expect(answered).toContain("暂停了 2 件");
  expect(answered.match(/改好了/g)).toHaveLength(2);
  expect(answered).not.toContain(`/coop/listings/${other.a}`);
  expect((await desk.post(path, {})).html).toContain("暂停了 0 件");
  const { status } = await pages.db
    .selectFrom("listings")
    .select("status")
    .where("id", "=", other.a)
    .executeTakeFirstOrThrow();
  expect(status).toBe("published");
  expect(await desk.get("/coop/listings/chosen?deed=pause")).toContain("没有选中货");
  expect(await desk.get(`/coop/listings/chosen?deed=sell&listing=${desk.a}`)).toContain("没有选中");
  expect((await desk.post("/coop/listings/chosen?deed=sell", {})).status).toBe(400);
});

test("a change of price that is none is told beside its field; a right one is looked at first, and sent twice is one", async () => {
  const desk = await makeDesk();
  const path = desk.at("price");
  const typed = { clientKey: crypto.randomUUID(), way: "up", unit: "percent", step: "10" };
  for (const amount of ["", "0", "-5", "5.55", "501", "abc", "1e1", "五"]) {
    const { status, html } = await desk.post(path, { ...typed, amount });
    expect(status, amount).toBe(422);
    expect(html, amount).toContain('id="field-amount-error"');
    if (amount) expect(html).toContain(`value="${amount}"`);
  }
  for (const wrong of [{ way: "sideways" }, { step: "7" }, { unit: "pounds" }]) {
    expect((await desk.post(path, { ...typed, amount: "5", ...wrong })).status).toBe(422);
  }
  expect(await imports(desk.scope.cooperativeId)).toEqual([]);
  const sent = await desk.post(path, { ...typed, amount: "5" });
  expect(sent.status).toBe(303);
  expect((await desk.post(path, { ...typed, amount: "5" })).location).toBe(sent.location);
  const [only, ...more] = await imports(desk.scope.cooperativeId);
  expect(more).toEqual([]);
  expect(only?.kind).toBe("prices");
  expect(sent.location).toBe(`/coop/imports/${only?.id}`);
  const { price_fen } = await pages.db
    .selectFrom("listings")
    .select("price_fen")
    .where("id", "=", desk.a)
    .executeTakeFirstOrThrow();
  expect(price_fen, "nothing has changed yet").toBe(2_000);
});

test("what has come in is typed beside each listing; where nothing is, the form says so and keeps the day", async () => {
  const desk = await makeDesk();
  const path = desk.at("restock");
  const typed = { clientKey: crypto.randomUUID(), harvestedOn: "2026-11-20" };
  const empty = await desk.post(path, typed);
  expect(empty.status).toBe(422);
  expect(empty.html).toContain(`id="field-added-${desk.a}-error"`);
  expect(empty.html).toContain('value="2026-11-20"');
  expect((await desk.post(path, { ...typed, harvestedOn: "gestern" })).status).toBe(422);
  const sent = await desk.post(path, { ...typed, [`added-${desk.b}`]: "12" });
  expect(sent.status).toBe(303);
  const [only] = await imports(desk.scope.cooperativeId);
  expect(only?.kind).toBe("lots");
});
