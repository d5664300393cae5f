import type { Page } from "@playwright/test";
import { OPERATOR } from "./all-pages.ts";
import { become } from "./become.ts";
import { claimFor, deliveredOrder } from "./delivered.ts";
import { send } from "./forms.ts";
import { currentWalk } from "./walk.ts";

/**
 * The pages of a claim as it goes its way, one after the other: each is yielded to whom it is shown,
 * signed in, before the next step is taken.
 */
export async function* claimPages(page: Page): AsyncGenerator<string> {
  const { order, form, asBuyer } = await deliveredOrder(page);
  yield order;
  yield form;
  const claim = await claimFor(page, form, "75");
  yield claim;
  yield form;
  const desk = claim.replace(/^\/orders\/TJ\d{14}/, "/coop");
  const decision = desk.replace("/coop", "/operations");
  await become(page, currentWalk().manager);
  yield desk;
  yield `${desk}?problem=more-than-left`;
  const reason = "-".repeat(60);
  await send(page, desk, { answer: "offer", amount: "5", fault: "farm", reason });
  yield desk;
  await asBuyer();
  yield claim;
  await send(page, `${claim}/escalation`, { words: "-".repeat(500) });
  yield claim;
  await become(page, OPERATOR);
  yield decision;
  await send(page, decision, { decision: "grant", amount: "6", fault: "farm", reason });
  yield decision;
  await become(page, currentWalk().manager);
  yield desk;
  await asBuyer();
  yield claim;
  yield order;
}
