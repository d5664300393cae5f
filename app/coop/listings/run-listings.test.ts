import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import * as farmEdit from "#app/farm/listings/edit.tsx";
import * as offers from "#app/farm/listings/offers.ts";
import * as farmPause from "#app/farm/listings/pause.ts";
import { consentState } from "#tests/factories/consents.ts";
import { type CoopLine, type Fields, openCoopLine } from "#tests/factories/coop-line.ts";
import { smallPhoto } from "#tests/factories/farm.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import * as edit from "./edit.tsx";
import * as history from "./history.tsx";
import * as mend from "./mend.tsx";
import * as pause from "./pause.ts";
import * as restock from "./restock.tsx";
import * as resumption from "./resumption.ts";
import * as sellOut from "./sell-out.ts";
import * as show from "./show.tsx";
import * as withdrawal from "./withdrawal.ts";

const COOP = { edit, mend, pause, resumption, withdrawal, restock, "sell-out": sellOut, history };
const routes = {
  "farm/listings/:id/edit": farmEdit,
  "farm/listings/:id/pause": farmPause,
  "coop/listings/:id": show,
  ...Object.fromEntries(
    Object.entries(COOP).map(([step, module]) => [`coop/listings/:id/${step}`, module]),
  ),
};
/** Whose address, opened, leads to the listing. */
const ONLY_POSTED = ["/pause", "/resumption", "/withdrawal", "/sell-out"];
let line: CoopLine;
beforeAll(async () => {
  line = await openCoopLine(routes);
});
afterAll(() => line.close());

describe("a listing that its household and its cooperative edit", () => {
  test.each([
    ["farm", "coop"],
    ["coop", "farm"],
  ] as const)(
    "by %s is not written over what the %s has saved meanwhile; the one asked may choose either",
    async (slow, quick) => {
      const { household, cookies, listingId, agree } = await line.sold();
      await agree();
      const path = (side: string) => `/${side}/listings/${listingId}`;
      const save = (side: "farm" | "coop", fields: Fields) =>
        line.post(`${path(side)}/edit`, cookies[side], fields, true);
      const opened = await line.formOf(listingId);
      const yesterday = shanghaiDay(new Date(Date.now() - 86_400_000));
      const done = (side: string) => `303 ${path(side)}?done=edited`;
      expect(await save(quick, { ...opened, price: "32.00" })).toBe(done(quick));
      const mine = { ...opened, price: "35.00", harvestedOn: yesterday };
      expect(await save(slow, mine)).toBe("409");
      expect(await line.readListing(listingId)).toMatchObject({
        price_fen: 3_200,
        title_zh: "雪梨",
      });
      const { version } = await line.readListing(listingId);
      expect(await save(slow, { ...mine, version: String(version) })).toBe(done(slow));
      expect(await line.readListing(listingId)).toMatchObject({ price_fen: 3_500 });
      const by = { farm: "household", coop: "cooperative" };
      expect(await line.whoChanged(household, listingId)).toEqual([
        ...[`harvestedOn ${by[slow]}`, `price ${by[slow]}`, `price ${by[quick]}`],
      ]);
    },
  );

  test("and that was restocked meanwhile lets go of no harvest day without a word, whatever else is asked", async () => {
    const { cookies, listingId, agree } = await line.sold();
    await agree();
    const opened = await line.formOf(listingId);
    const earlier = (days: number) => shanghaiDay(new Date(Date.now() - days * 86_400_000));
    const restock = { clientKey: uuidv7(), quantity: "5", harvestedOn: earlier(2) };
    await line.post(`/coop/listings/${listingId}/restock`, cookies.coop, restock);
    const { harvestedOn: _, ...shared } = opened;
    const theirs = { ...shared, version: "2", price: "31.00" };
    const saved = await line.post(`/coop/listings/${listingId}/edit`, cookies.coop, theirs, true);
    expect(saved).toBe(`303 /coop/listings/${listingId}?done=edited`);
    const edit = (fields: Fields) =>
      line.post(`/farm/listings/${listingId}/edit`, cookies.farm, fields, true);
    const mine = { ...opened, price: "33.00", harvestedOn: earlier(1) };
    // A page from before: first what cannot be changed is said, then what the other side has done.
    expect(await edit(mine)).toBe("422");
    expect(await edit({ ...shared, price: "33.00" })).toBe("409");
  });

  test("in the same moment is saved by one of them, and the other is asked", async () => {
    const { cookies, listingId, agree } = await line.sold();
    await agree();
    const opened = await line.formOf(listingId);
    const save = (side: "farm" | "coop", price: string) => () =>
      line.post(`/${side}/listings/${listingId}/edit`, cookies[side], { ...opened, price }, true);
    const lock = sql`select from listings where id = ${listingId} for update`;
    const both = [save("farm", "32.00"), save("coop", "33.00")];
    const [farmer, manager] = await raceBehind(line.db, lock, 2, both);
    const answers = [farmer?.slice(0, 3), manager?.slice(0, 3)];
    expect(answers.toSorted()).toEqual(["303", "409"]);
    const saved = answers[0] === "303" ? 3_200 : 3_300;
    expect(await line.readListing(listingId)).toMatchObject({ price_fen: saved });
  });

  test("that the other has taken down meanwhile is not saved, and nothing typed is lost", async () => {
    const { cookies, listingId, agree } = await line.sold();
    await agree();
    const typed = { ...(await line.formOf(listingId)), price: "32.00" };
    await line.post(`/coop/listings/${listingId}/withdrawal`, cookies.coop);
    const path = `/farm/listings/${listingId}/edit`;
    expect(await line.post(path, cookies.farm, typed, true)).toBe("409");
    expect(await line.get(path, cookies.farm)).toBe(200);
    expect(await line.readListing(listingId)).toMatchObject({ price_fen: 2_990 });
  });

  test("keeps the photo that was sent with the edit that came too late", async () => {
    const { cookies, listingId, agree } = await line.sold();
    await agree();
    const opened = await line.formOf(listingId);
    await line.post(
      `/farm/listings/${listingId}/edit`,
      cookies.farm,
      { ...opened, price: "31.00" },
      true,
    );
    const late = { ...opened, price: "32.00", photo: await smallPhoto() };
    expect(await line.post(`/coop/listings/${listingId}/edit`, cookies.coop, late, true)).toBe(
      "409",
    );
    const kept = line.db.selectFrom("photos").select("id").orderBy("id", "desc").limit(1);
    const { id } = await kept.executeTakeFirstOrThrow();
    const { version } = await line.readListing(listingId);
    const again = { ...opened, photoId: id, price: "32.00", version: String(version) };
    const saved = await line.post(`/coop/listings/${listingId}/edit`, cookies.coop, again, true);
    expect(saved).toBe(`303 /coop/listings/${listingId}?done=edited`);
  });

  test("that a phone sends again once it has a signal is asked about, not written over", async () => {
    const household = await makeHousehold(line.db);
    const farmer = await line.signInAs("household", household.id);
    const manager = await line.signInAs("cooperative", household.cooperativeId);
    const kept = {
      ...{ clientKey: uuidv7(), category: "pear", title: "雪梨", titleEn: "", grade: "first" },
      ...{ unit: "box-5jin", unitGrams: "", price: "20.00", quantity: "7" },
      ...{ harvestedOn: shanghaiDay(new Date()), photo: await smallPhoto() },
    };
    const { args } = line.farm;
    const sendFromPhone = async (fields: Fields) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      const request = args(new Headers({ cookie: farmer }), body, "/farm/offers");
      return (await offers.action({ ...request, params: {} })).json();
    };
    const { listingId } = await sendFromPhone(kept);
    const form = { ...(await line.formOf(listingId)), price: "25.00" };
    await line.post(`/coop/listings/${listingId}/edit`, manager, form, true);
    const answer = await sendFromPhone({ ...kept, price: "22.00" });
    expect(answer.differs.facts).toContainEqual({
      ...{ label: "价格", published: "¥25.00", offered: "¥22.00" },
    });
    expect(await line.readListing(listingId)).toMatchObject({ price_fen: 2_500 });
  });
});

describe("a manager", () => {
  test("pauses, resumes, restocks, takes off sale and withdraws for her household", async () => {
    const { household, cookies, listingId, agree } = await line.sold();
    await agree();
    const path = `/coop/listings/${listingId}`;
    const press = (step: string, fields: Fields = {}) =>
      line.post(`${path}/${step}`, cookies.coop, fields);
    const harvestedOn = shanghaiDay(new Date());
    expect(await press("pause")).toBe(`303 ${path}?done=changed`);
    expect(await press("resumption")).toBe(`303 ${path}?done=changed`);
    const more = { clientKey: uuidv7(), quantity: "5", harvestedOn };
    expect(await press("restock", more)).toBe(`303 ${path}?done=restocked`);
    expect(await press("restock", more)).toBe(`303 ${path}?done=restocked`);
    const all = { clientKey: uuidv7(), reason: "spoiled" };
    expect(await press("sell-out", all)).toBe(`303 ${path}?done=sold-out`);
    expect(await press("withdrawal")).toBe(`303 ${path}?done=changed`);
    expect(await press("resumption")).toBe(`303 ${path}?done=over`);
    expect(await line.whoChanged(household, listingId)).toEqual([
      ...["status cooperative", "sell-out cooperative", "restock cooperative"],
      ...["status cooperative", "status cooperative"],
    ]);
    for (const page of [path, `${path}/history`])
      expect(await line.get(page, cookies.coop)).toBe(200);
  });

  test("does not put on sale again what the household itself has paused", async () => {
    const { cookies, listingId, agree } = await line.sold();
    await agree();
    await line.post(`/farm/listings/${listingId}/pause`, cookies.farm);
    const path = `/coop/listings/${listingId}`;
    const pressed = await line.post(`${path}/resumption`, cookies.coop);
    expect(pressed).toBe(`303 ${path}?done=paused-by-household`);
    expect(await line.readListing(listingId)).toMatchObject({ status: "paused" });
  });

  test("finds none of another cooperative's listings, whatever the page or the form", async () => {
    const { cookies, listingId, agree } = await line.sold();
    const other = await line.sold();
    const stranger = other.cookies.coop;
    const before = [await line.readListing(listingId), await consentState(line.db, listingId)];
    const check = async () => {
      for (const step of ["", ...Object.keys(COOP).map((name) => `/${name}`)]) {
        const path = `/coop/listings/${listingId}${step}`;
        const form = { ...(await line.formOf(listingId)), price: "0.01", clientKey: uuidv7() };
        const isPage = ["", "/history"].includes(step);
        if (!isPage) {
          expect(await line.post(path, stranger, form, true)).toBe("404");
        }
        const shown = await line.get(path, stranger);
        expect(shown, path).toBe(ONLY_POSTED.includes(step) ? 303 : 404);
        expect(await line.get(`/coop/listings/no-id${step}`, cookies.coop), path).toBe(404);
      }
    };
    await check();
    expect([await line.readListing(listingId), await consentState(line.db, listingId)]).toEqual(
      before,
    );
    await agree();
    const agreed = await line.readListing(listingId);
    await check();
    expect(await line.readListing(listingId)).toEqual(agreed);
    // Nor does a farmer get in, be it her own.
    expect(await line.post(`/coop/listings/${listingId}/pause`, cookies.farm)).toBe("403");
  });
});
