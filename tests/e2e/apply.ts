import { expect, type Page } from "@playwright/test";
import { become } from "./become.ts";
import { fieldsOf, send } from "./forms.ts";
import { newNumber, signIn } from "./people.ts";
import { currentWalk } from "./walk.ts";

/** A register code that no household has. */
export const newRegisterCode = () =>
  `99${String(crypto.getRandomValues(new Uint32Array(1))[0]).padStart(10, "0")}`;

/** Which choice of the form at /join is the cooperative of this walk's manager. */
export async function managersCooperative(page: Page): Promise<string> {
  await become(page, currentWalk().manager);
  await page.goto("/coop");
  const [name = ""] = (await page.locator("h1").innerText()).split(" · ");
  return name;
}

/** Somebody new applies to this walk's manager; the page is the manager's again afterwards. */
export async function applyToManager(
  page: Page,
  { headName, registerCode = newRegisterCode() }: { headName: string; registerCode?: string },
): Promise<void> {
  const name = await managersCooperative(page);
  await become(page, null);
  await signIn(page, `+86${newNumber()}`);
  await page.goto("/join");
  const option = page.locator("[name=cooperativeId] option", { hasText: name });
  const answer = await send(page, "/join", {
    ...(await fieldsOf(page, "/join", "#join")),
    ...{ cooperativeId: (await option.getAttribute("value")) ?? "", registerCode, headName },
    ...{ village: "树河镇", relation: "child", helperName: "" },
  });
  expect(answer.status).toBe(303);
  await become(page, currentWalk().manager);
}
