import { expect, test } from "@playwright/test";
import { becomeRole, type Role } from "./all-pages.ts";
import { freshAddress, isChinese } from "./forms.ts";
import { currentWalk } from "./walk.ts";

const NONE = "018f0000-0000-7000-8000-000000000000";
const runs = ["pause", "resumption", "withdrawal", "sell-out", "edit", "restock"];
const steps = [
  "acceptance",
  "ticks",
  "shortages",
  "weights",
  "substitute",
  `substitutions/${NONE}/withdrawal`,
  "split",
  "packing",
  "shipment",
  "correction",
  "delivery",
  "cancellation",
];
/** Every changing route of somebody's own things, of which there is none here. */
const changing = {
  farm: [
    ...[...runs, "copy"].map((run) => `/farm/listings/${NONE}/${run}`),
    ...["/farm/listings/drafts/none/discard", `/farm/consents/${NONE}`, "/farm/consents/none"],
    ...["photos", "crop", "amount", "check"].map((step) => `/farm/listings/drafts/none/${step}`),
  ],
  coop: [
    ...[...runs, "mend", "certificates", `certificates/${NONE}/removal`].map(
      (run) => `/coop/listings/${NONE}/${run}`,
    ),
    ...[...steps, "refunds"].map((step) => `/coop/parcels/${NONE}/${step}`),
    ...["confirmation", "cancellation", `items/${NONE}/bounce`].map(
      (step) => `/coop/payouts/${NONE}/${step}`,
    ),
    `/coop/reviews/${NONE}`,
  ],
  shop: [
    ...["payment", "cancellation", "receipt", `lines/${NONE}/review`, `substitutions/${NONE}`].map(
      (step) => `/orders/TJ00000000000000/${step}`,
    ),
    `/reviews/${NONE}/report`,
  ],
};
const tried: [Role, string[]][] = [
  ["farmer", [...changing.farm, ...changing.coop, ...changing.shop]],
  ["manager", [...changing.coop, ...changing.farm]],
  ["buyer", changing.shop],
];

for (const [role, paths] of tried) {
  test(`what is not the ${role}'s to change is told on a page, in one language`, async ({
    page,
  }) => {
    await becomeRole(page, role);
    const { origin } = new URL(test.info().project.use.baseURL ?? "");
    for (const path of paths) {
      const answer = await page.request.post(path, {
        form: { clientKey: crypto.randomUUID(), answer: "agreed" },
        headers: { Accept: "text/html", Origin: origin, "X-Forwarded-For": freshAddress() },
        maxRedirects: 0,
      });
      if (answer.status() === 303) continue; // led to where it can be done
      const said = await answer.text();
      expect(answer.status(), path).toBeGreaterThanOrEqual(400);
      expect(answer.status(), path).toBeLessThan(500);
      expect(answer.headers()["content-type"], path).toContain("text/html");
      const heading = /<h1[^>]*>([^<]+)<\/h1>/.exec(said)?.[1] ?? "";
      expect(heading, path).not.toBe("");
      expect(isChinese(heading), `${path}: ${heading}`).toBe(currentWalk().lang === "zh");
      expect(said, path).toMatch(/<a [^>]*href="\//);
    }
  });
}
