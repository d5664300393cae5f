import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { lapseCertificates } from "#app/domain/certificates/lapse-certificates.ts";
import { readListing } from "#app/domain/listings/read-listing.ts";
import { type CoopLine, openCoopLine } from "#tests/factories/coop-line.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import * as removal from "./certificate-removal.ts";
import * as certificates from "./certificates.tsx";

const DAY_MS = 86_400_000;
const dayAhead = (days: number) => shanghaiDay(new Date(Date.now() + days * DAY_MS));
const good = { kind: "green", number: "LB-18-2026 0001a", validUntil: dayAhead(200) };

let line: CoopLine;
beforeAll(async () => {
  line = await openCoopLine({
    "coop/listings/:id/certificates": certificates,
    "coop/listings/:id/certificates/:certificateId/removal": removal,
  });
});
afterAll(() => line.close());

async function offered() {
  const { listingId, cookies, agree } = await line.sold();
  await agree();
  const path = `/coop/listings/${listingId}/certificates`;
  const enter = (fields: Record<string, string>, cookie = cookies.coop) =>
    line.post(path, cookie, fields, true);
  const shown = async () => (await readListing(line.db, listingId))?.certificates;
  const kept = async () => {
    const { rows } = await sql<{ id: string; number: string; isOff: boolean }>`
      select id, number, removed_at is not null as "isOff" from listing_certificates
      where listing_id = ${listingId} order by id`.execute(line.db);
    return rows;
  };
  return { listingId, cookies, path, enter, shown, kept };
}

describe("a certificate of a listing", () => {
  test("is entered by its cooperative and shown to buyers, with its number and last day", async () => {
    const { listingId, path, enter, shown } = await offered();
    expect(await enter(good)).toBe(`303 ${path}?done=entered`);
    const certificate = { kind: "green", number: "LB-18-20260001A", validUntil: dayAhead(200) };
    expect(await shown()).toEqual([certificate]);
    const { rows } = await sql<{ action: string }>`
      select action from audit_log where subject_id = ${listingId}
        and action like 'certificate.%'`.execute(line.db);
    expect(rows).toEqual([{ action: "certificate.entered" }]);
    expect(await jobsOf(listingId)).toBe(1);
  });

  test("entered again changes nothing, and another of its kind takes its place", async () => {
    const { enter, shown, kept } = await offered();
    await enter(good);
    await enter(good);
    expect(await kept()).toHaveLength(1);
    await enter({ ...good, number: "LB-19-0002" });
    await enter({ ...good, kind: "organic", number: "ORG-0003" });
    expect((await shown())?.map(({ number }) => number)).toEqual(["LB-19-0002", "ORG-0003"]);
    expect((await kept()).map(({ isOff }) => isOff)).toEqual([true, false, false]);
  });

  test("entered by two at once is one", async () => {
    const { listingId, path, enter, kept } = await offered();
    const answers = await raceBehind(
      line.db,
      sql`select from listings where id = ${listingId} for update`,
      3,
      [1, 2, 3].map(() => () => enter(good)),
    );
    expect(new Set(answers)).toEqual(new Set([`303 ${path}?done=entered`]));
    expect(await kept()).toHaveLength(1);
  });

  test("is taken off by its cooperative, twice too, and stays in the history", async () => {
    const { path, enter, shown, kept, cookies } = await offered();
    await enter(good);
    const [certificate] = await kept();
    const take = () => line.post(`${path}/${certificate?.id}/removal`, cookies.coop, {}, true);
    expect(await take()).toBe(`303 ${path}?done=removed`);
    expect(await take()).toBe(`303 ${path}?done=removed`);
    expect(await shown()).toEqual([]);
    expect(await kept()).toMatchObject([{ isOff: true }]);
  });

  test.each([
    ["a kind that there is not", { kind: "best" }],
    ["no kind", { kind: "" }],
    ["a number with signs in it", { number: "<b>LB-1</b>" }],
    ["a number of three letters", { number: "LB1" }],
    ["a number of 41 letters", { number: "1".repeat(41) }],
    ["no day", { validUntil: "" }],
    ["a day that there is not", { validUntil: "2027-02-30" }],
    ["yesterday", { validUntil: dayAhead(-1) }],
    ["a day in eleven years", { validUntil: dayAhead(11 * 366) }],
  ])("is refused with %s", async (_, wrong) => {
    const { enter, kept } = await offered();
    expect(await enter({ ...good, ...wrong })).toBe("422");
    expect(await kept()).toEqual([]);
  });

  test("counts on its last day in Shanghai and not on the next", async () => {
    const { listingId, enter, shown } = await offered();
    await enter({ ...good, validUntil: dayAhead(0) });
    expect(await shown()).toHaveLength(1);
    await sql`update listing_certificates set valid_until = ${dayAhead(-1)}
      where listing_id = ${listingId}`.execute(line.db);
    expect(await shown()).toEqual([]);
    await sql`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs))`.execute(
      line.db,
    );
    expect(await jobsOf(listingId)).toBe(0);
    await lapseCertificates(line.db);
    expect(await jobsOf(listingId)).toBe(1);
  });

  test("can be claimed by no farmer, and by no other cooperative", async () => {
    const { enter, cookies, kept, path } = await offered();
    const others = await offered();
    for (const cookie of [cookies.farm, ""]) {
      expect(await enter(good, cookie)).not.toMatch(/done=entered/);
    }
    expect(await enter(good, others.cookies.coop)).toBe("404");
    await enter(good);
    const [certificate] = await kept();
    const taken = `${path}/${certificate?.id}/removal`;
    expect(await line.post(taken, others.cookies.coop, {}, true)).toBe("404");
    const mixed = `${others.path}/${certificate?.id}/removal`;
    expect(await line.post(mixed, others.cookies.coop, {}, true)).toBe("404");
    expect(await kept()).toMatchObject([{ isOff: false }]);
  });
});

async function jobsOf(listingId: string): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*)::int as jobs from graphile_worker.jobs
    where key = ${`index-listing:${listingId}`}`.execute(line.db);
  return rows[0]?.jobs ?? 0;
}
