import { expect, type Page, test } from "@playwright/test";
import { become } from "../become.ts";
import {
  expectRefused,
  type Fields,
  fieldsOf,
  html,
  isChinese,
  linkOn,
  mainText,
  sample,
  send,
} from "../forms.ts";
import { CONTROLS, EMOJI, LONG, NOWHERE, SCRIPT, SQL, TOO_LONG } from "../hostile.ts";
import { currentWalk } from "../walk.ts";

test("a parcel goes out with no bad carrier and no bad tracking number", async ({ page }) => {
  await become(page, currentWalk().manager);
  const path = await linkOn(page, "/coop/parcels?state=packed", /\/coop\/parcels\/[0-9a-f-]{36}/);
  const before = await mainText(page, path);
  const good = { carrier: "sf", trackingNumber: "SF1234567890123" };
  for (const typed of sample([
    "",
    "  ",
    "12345",
    "1".repeat(41),
    "SF 一二三四五六",
    EMOJI,
    SCRIPT,
    SQL,
    LONG,
  ])) {
    const answer = await send(page, `${path}/shipment`, { ...good, trackingNumber: typed });
    const kept = { carrier: "sf", trackingNumber: typed };
    await expectRefused(page, answer, { field: "trackingNumber", kept });
  }
  for (const carrier of sample(["", "pigeon", "__proto__", SQL, TOO_LONG, CONTROLS])) {
    const answer = await send(page, `${path}/shipment`, { ...good, carrier });
    const kept = { trackingNumber: good.trackingNumber };
    await expectRefused(page, answer, { field: "carrier", kept });
  }
  for (const stranger of sample([NOWHERE, "no-id", encodeURIComponent(SQL)])) {
    const answer = await send(page, `/coop/parcels/${stranger}/shipment`, good);
    expect(answer.status).toBe(404);
  }
  expect(await mainText(page, path)).toBe(before);
});

test("a refund is never planned from a bad number, and nothing is given back by looking", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  const [path, fields] = await refundForm(page);
  const before = await mainText(page, path);
  const names = Object.keys(fields);
  const units = names.find((name) => name.startsWith("quantity-")) ?? "";
  const yuan = names.find((name) => name.startsWith("amount-")) ?? "";
  const note = "烂了一个";
  for (const typed of sample(["9".repeat(30), "-1", "0", "1.5", "1e9", "一", SQL, SCRIPT])) {
    const answer = await send(page, path, { ...fields, [units]: typed, note });
    await expectRefused(page, answer, { field: units, kept: { [units]: typed, note } });
  }
  for (const typed of sample(["9999999.99", "-0.01", "0.00", "1.005", "$5", EMOJI, LONG])) {
    const answer = await send(page, path, { ...fields, [yuan]: typed, note });
    await expectRefused(page, answer, { field: yuan, kept: { [yuan]: typed, note } });
  }
  for (const typed of sample(["", " ", LONG, CONTROLS])) {
    const answer = await send(page, path, { ...fields, [yuan]: "0.01", note: typed });
    await expectRefused(page, answer, { field: "note", kept: { [yuan]: "0.01" } });
  }
  // Confirmed with a forged mark or key it is only shown again.
  const forged = { step: "confirm", clientKey: NOWHERE, seen: "forged" };
  const shown = await send(page, path, { ...fields, [yuan]: "0.01", note, ...forged });
  expect(shown.status).toBe(409);
  expect(shown.html).toContain('value="confirm"');
  for (const stranger of sample([NOWHERE, "no-id"])) {
    const answer = await send(page, `/coop/parcels/${stranger}/refunds`, { note });
    expect(answer.status).toBe(404);
  }
  expect(await mainText(page, path)).toBe(before);
});

/** The first delivered parcel that has something left to give back, and its empty form. */
async function refundForm(page: Page): Promise<[path: string, fields: Fields]> {
  const board = await html(page, "/coop/parcels?state=delivered");
  for (const [parcel] of board.matchAll(/\/coop\/parcels\/[0-9a-f-]{36}/g)) {
    const path = `${parcel}/refunds`;
    if ((await html(page, path)).includes("quantity-")) return [path, await fieldsOf(page, path)];
  }
  throw new Error("no parcel has anything left to give back");
}

test("a payment comes back from the bank only for a reason we know", async ({ page }) => {
  await become(page, currentWalk().manager);
  const run = await confirmedRun(page);
  const bounce = await linkOn(
    page,
    run,
    /\/coop\/payouts\/[0-9a-f-]{36}\/items\/[0-9a-f-]{36}\/bounce/,
  );
  const before = await mainText(page, run);
  for (const reason of sample(["", "because", "__proto__", SCRIPT, SQL, LONG, CONTROLS])) {
    const answer = await send(page, bounce, { reason });
    expect(answer.status).toBe(303);
    const text = await alertOn(page, answer.location);
    expect(text).not.toBe("");
    expect(isChinese(text)).toBe(currentWalk().lang === "zh");
  }
  for (const stranger of sample([NOWHERE, "no-id"])) {
    const path = bounce.replace(/items\/[0-9a-f-]{36}/, `items/${stranger}`);
    expect((await send(page, path, { reason: "other" })).status).toBe(404);
  }
  expect(await mainText(page, run)).toBe(before);
  for (const clientKey of sample(["", "x", SQL, LONG])) {
    const answer = await send(page, "/coop/payouts", { clientKey });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('role="alert"');
  }
});

/** A run that has been confirmed: its page has the forms for what came back. */
async function confirmedRun(page: Page): Promise<string> {
  const runs = await html(page, "/coop/payouts");
  for (const [path] of runs.matchAll(/\/coop\/payouts\/[0-9a-f-]{36}/g)) {
    if ((await html(page, path)).includes("/bounce")) return path;
  }
  throw new Error("no confirmed run");
}

async function alertOn(page: Page, path: string): Promise<string> {
  return page.evaluate(
    (source) => {
      const doc = new DOMParser().parseFromString(source, "text/html");
      return doc.querySelector('main [role="alert"]')?.textContent ?? "";
    },
    await html(page, path),
  );
}

test("the officer's search takes anything, and means it as text", async ({ page }) => {
  await become(page, currentWalk().officer);
  for (const search of sample([LONG, TOO_LONG, "田".repeat(61)])) {
    const kept = { search: search.slice(0, 10_000) };
    await expectRefused(page, await send(page, "/relief", { search }), { field: "search", kept });
  }
  const nobody = ["%", "_", "\\", "'", SQL, SCRIPT, EMOJI, "1e99"];
  for (const search of sample(nobody)) {
    const answer = await send(page, "/relief", { search, page: "-1" });
    expect(answer.status).toBe(200);
    expect(answer.html, `${search} finds nobody`).not.toContain("/relief/accounts/");
    expect(answer.html).not.toContain("<script>alert");
  }
  for (const number of sample(["0", "-1", "1e99", "9".repeat(30), SQL, LONG])) {
    expect((await send(page, "/relief", { search: "", page: number })).status).toBe(200);
    const paged = await page.request.get(
      `/relief?${new URLSearchParams({ page: number.slice(0, 99) })}`,
    );
    expect(paged.status()).toBe(200);
  }
});

const forms: [who: "farmer" | "manager" | "officer" | null, path: string][] = [
  ...["/sign-in/code", "/language", "/cart", "/cart/prices", "/checkout"].map(
    (path): [null, string] => [null, path],
  ),
  ["farmer", "/farm/listings/new/whole"],
  ["manager", "/coop/payouts"],
  ["manager", `/coop/parcels/${NOWHERE}/shipment`],
  ["manager", `/coop/payouts/${NOWHERE}/confirmation`],
  ["officer", "/relief"],
];

test("what is no form at all is never a fault of ours", async ({ page }) => {
  const origin = new URL(test.info().project.use.baseURL ?? "").origin;
  for (const [who, path] of forms) {
    await become(page, who && currentWalk()[who]);
    for (const type of sample(["application/json", "multipart/form-data", "text/plain"])) {
      const headers = { Origin: origin, "Content-Type": type };
      const sent = { headers, data: Buffer.from('{"a":'), maxRedirects: 0 };
      const answer = await page.request.post(path, sent);
      expect(answer.status(), `${type} to ${path}`).toBeLessThan(500);
    }
  }
});
