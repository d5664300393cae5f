import type { Page } from "@playwright/test";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { fieldsOf, send } from "./forms.ts";

/** Where tables are sent in, and one that was looked at: a line of it is right, the others are not. */
export async function importPages(page: Page): Promise<string[]> {
  const list = "/coop/imports";
  const text = await (await page.request.get(`${list}/listings.csv`)).text();
  const [, id = ""] = /\n([0-9a-f-]{36}),/.exec(text) ?? [];
  const fields = await fieldsOf(page, list, 'main form[enctype="multipart/form-data"]');
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, kind: "lots" })) form.set(name, value);
  const today = shanghaiDay(new Date());
  const lines = ["商品编号,新到数量,采收日期", `${id},1,${today}`, "苹果,一箱,明天"];
  form.set("file", new File([lines.join("\n")], "stock.csv", { type: "text/csv" }));
  const { location } = await send(page, list, form);
  return [list, new URL(location, "http://market").pathname];
}
