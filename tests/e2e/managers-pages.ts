import type { Page } from "@playwright/test";
import { applyToManager } from "./apply.ts";
import { cyclePages } from "./cycle-pages.ts";
import { html, linkOn } from "./forms.ts";
import { importPages } from "./import-pages.ts";
import { intakePages } from "./intake-pages.ts";
import { packingPages } from "./packing-pages.ts";

/** A listing of the cooperative's households that is not only asked about, nor down. */
async function runningListing(page: Page): Promise<string> {
  const found = (await html(page, "/coop/listings")).matchAll(/\/coop\/listings\/[0-9a-f-]{36}/g);
  for (const [path] of found) if ((await html(page, path)).includes(`${path}/edit`)) return path;
  throw new Error("no listing runs on /coop/listings");
}

/** The households, one of them, and what somebody applies for whose register code nobody has. */
async function householdPages(page: Page): Promise<string[]> {
  await applyToManager(page, { headName: "沙马阿依" });
  const list = "/coop/households";
  const application = /\/coop\/households\/applications\/[0-9a-f-]{36}/;
  const one = await linkOn(page, list, /\/coop\/households\/[0-9a-f-]{36}/);
  return [list, `${list}/moves`, await linkOn(page, list, application), ...[one, `${one}/bank`]];
}

const reportPages = ["sales", "sales?by=household", "packing", "payouts", "claims", "quiet"].map(
  (report) => `/coop/reports/${report}`,
);

/** What a cooperative's people have: boards, lists, parcels, offers, households, money. */
export async function managersPages(page: Page): Promise<string[]> {
  const states = ["waiting", "packed", "shipped", "delivered"];
  const boards = states.map((state) => `/coop/parcels?state=${state}`);
  const parcels: string[] = [];
  for (const board of boards) {
    parcels.push(await linkOn(page, board, /\/coop\/parcels\/[0-9a-f-]{36}/));
  }
  const payouts = await linkOn(page, "/coop/payouts", /\/coop\/payouts\/[0-9a-f-]{36}/);
  const lists = packingPages();
  lists.push(`${parcels[0]}/shortages`, `${parcels[0]}/weights`, `${parcels[0]}/split`);
  lists.push(`${parcels[0]}/substitute`);
  const cancellation = `${parcels[0]}/cancellation`;
  const forms = [
    cancellation,
    `${parcels[1]}/shipment`,
    `${parcels[2]}/correction`,
    `${parcels[3]}/refunds`,
  ];
  const offer = await linkOn(page, "/coop/listings/new", /\/coop\/listings\/new\/[0-9a-f-]{36}/);
  const listing = await runningListing(page);
  const ids = listing.split("/").at(-1);
  const chosen = ["pause", "price", "restock"].map(
    (deed) => `/coop/listings/chosen?deed=${deed}&listing=${ids}`,
  );
  chosen.push("/coop/listings/chosen", "/coop/parcels/chosen");
  chosen.push(`/coop/parcels/chosen/shipment?parcel=${parcels[1]?.split("/").at(-1)}`);
  const run = ["", "/edit", "/restock", "/history", "/certificates"].map(
    (step) => `${listing}${step}`,
  );
  const onBehalf = ["/coop/listings", "/coop/listings/new", offer, ...run];
  const answer = await linkOn(page, "/coop/reviews", /\/coop\/reviews\/[0-9a-f-]{36}/);
  const reviews = ["/coop/reviews", "/coop/reviews?show=unanswered", answer];
  return [
    "/coop",
    "/coop/claims",
    ...reviews,
    ...onBehalf,
    ...chosen,
    ...boards,
    ...parcels,
    ...forms,
    ...lists,
    ...["/coop/pools", "/coop/pools/new", "/coop/pools/new?crop=honey"],
    await linkOn(page, "/coop/pools", /\/coop\/pools\/[0-9a-f-]{36}/),
    "/coop/people",
    "/coop/audit",
    await linkOn(page, "/coop/people", /\/coop\/people\/[0-9a-f-]{36}/),
    ...(await householdPages(page)),
    ...(await intakePages(page)),
    ...(await importPages(page)),
    ...(await cyclePages(page)),
    "/coop/freight",
    ...reportPages,
    ...["own", "reserve", "paid"].map((of) => `/coop/statement?of=${of}`),
    "/coop/reserve",
    await linkOn(page, "/coop/statement?of=reserve", /\/coop\/reserve\/[0-9a-f-]{36}/),
    ...["", "/account", "/answers"].map((path) => `/coop/payouts${path}`),
    payouts,
  ];
}
