import type { Page } from "@playwright/test";
import { fieldsOf, send } from "./forms.ts";

/** Stock and one lot of it, the scale, and one weigh-in of a household's, with its slip. */
export async function intakePages(page: Page): Promise<string[]> {
  const list = "/coop/intake";
  const cards = `${list}/cards`;
  const printed = await (await page.request.get(cards)).text();
  const [, first = "", rest = ""] = /\b(\d{4}) (\d{4})\b/.exec(printed) ?? [];
  const form = await fieldsOf(page, list, "#weigh-in");
  const weights = { household: first + rest, category: "apple", gross: "12.35", tare: "0.4" };
  const { location } = await send(page, list, { ...form, ...weights });
  const one = `${list}/${/[0-9a-f-]{36}/.exec(location)?.[0]}`;
  const lots = await (await page.request.get("/coop/stock")).text();
  const lot = /\/coop\/stock\/[0-9a-f-]{36}/.exec(lots)?.[0] ?? "";
  return [
    "/coop/stock",
    lot,
    list,
    location,
    `${list}/offline`,
    `${list}/days`,
    cards,
    one,
    `${one}/slip`,
  ];
}
