import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consentState } from "#tests/factories/consents.ts";
import { type CoopLine, type Fields, openCoopLine } from "#tests/factories/coop-line.ts";
import * as edit from "./edit.tsx";
import * as history from "./history.tsx";
import * as mend from "./mend.tsx";
import * as pause from "./pause.ts";
import * as restock from "./restock.tsx";
import * as show from "./show.tsx";
import * as withdrawal from "./withdrawal.ts";

const steps = { edit, history, mend, pause, restock, withdrawal };
let line: CoopLine;
beforeAll(async () => {
  const mounted = Object.entries(steps).map(([step, module]) => [
    `coop/listings/:id/${step}`,
    module,
  ]);
  line = await openCoopLine({ "coop/listings/:id": show, ...Object.fromEntries(mounted) });
});
afterAll(() => line.close());

describe("an offer that waits for its household", () => {
  const whole = async (listingId: string): Promise<Fields> => ({
    ...(await line.formOf(listingId)),
    ...{ clientKey: uuidv7(), category: "pear", quantity: "40" },
  });

  test("is mended into another question, and taken back", async () => {
    const { cookies, listingId } = await line.sold();
    const path = `/coop/listings/${listingId}`;
    for (const page of [path, `${path}/mend`]) expect(await line.get(page, cookies.coop)).toBe(200);
    // It is nothing yet that could be run.
    for (const step of ["edit", "restock", "history"]) {
      expect(await line.get(`${path}/${step}`, cookies.coop)).toBe(404);
    }
    expect(await line.post(`${path}/pause`, cookies.coop)).toBe("404");
    const same = await line.post(`${path}/mend`, cookies.coop, await whole(listingId), true);
    expect(same).toBe(`303 ${path}?done=same-draft`);
    const bad = { ...(await whole(listingId)), price: "much" };
    expect(await line.post(`${path}/mend`, cookies.coop, bad, true)).toBe("422");
    const cheaper = { ...(await whole(listingId)), price: "19.90" };
    const mended = await line.post(`${path}/mend`, cookies.coop, cheaper, true);
    const next = /^303 (\/coop\/listings\/([0-9a-f-]{36}))\?done=mended$/.exec(mended);
    expect(await consentState(line.db, listingId)).toBe("withdrawn cooperative draft");
    expect(await line.readListing(next?.[2] ?? "")).toMatchObject({ price_fen: 1_990 });
    expect(await line.post(`${path}/mend`, cookies.coop, cheaper, true)).toBe(mended);
    expect(await line.post(`${next?.[1]}/withdrawal`, cookies.coop)).toBe(
      `303 ${next?.[1]}?done=taken-back`,
    );
    expect(await consentState(line.db, next?.[2] ?? "")).toBe("withdrawn cooperative draft");
  });

  test("and is agreed to while it is mended is sold as agreed; the mending is asked about, and goes on as an edit", async () => {
    const { cookies, listingId, agree } = await line.sold();
    const path = `/coop/listings/${listingId}`;
    const typed = { ...(await whole(listingId)), price: "19.90" };
    await agree();
    expect(await line.post(`${path}/mend`, cookies.coop, typed, true)).toBe("409");
    expect(await line.readListing(listingId)).toMatchObject({
      price_fen: 2_990,
      status: "published",
    });
    const { version } = await line.readListing(listingId);
    const chosen = { ...typed, version: String(version) };
    // Cheaper than what she has just agreed to: not without her.
    expect(await line.post(`${path}/edit`, cookies.coop, chosen, true)).toBe("422");
    expect(await line.readListing(listingId)).toMatchObject({ price_fen: 2_990 });
    const dearer = { ...chosen, price: "39.90" };
    const edited = await line.post(`${path}/edit`, cookies.coop, dearer, true);
    expect(edited).toBe(`303 ${path}?done=edited`);
    expect(await line.readListing(listingId)).toMatchObject({ price_fen: 3_990 });
    expect(await line.post(`${path}/withdrawal`, cookies.coop)).toBe(`303 ${path}?done=changed`);
  });
});
