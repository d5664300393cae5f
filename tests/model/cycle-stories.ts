import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { DAY, dayOf } from "./cycle-plans.ts";
import { playHistory } from "./history.ts";
import { muchFor, type Otherwise } from "./mean-cycles.ts";
import { MINUTE } from "./model.ts";
import { type History, historyOf, type Step, type Verb } from "./steps.ts";

/**
 * A late payment is looked at by the database's clock, and a cycle lasts a year at most: so that some
 * are open by that clock, too, these histories begin two days before it, whenever they are played; by
 * ten in China, so that no story comes upon midnight.
 */
export const play = (db: Kysely<DB>, history: History) =>
  playHistory(db, history, (dayOf(Date.now()) - 2) * DAY + 120 * MINUTE);

export const step = (verb: Verb, more: Partial<Step> = {}): Step => ({
  ...{ do: verb, of: 0, how: 0, much: 0 },
  ...more,
});
export const place = step("place", { items: [{ listing: 0, quantity: 1 }] });
export const wait = (minutes: number) => step("wait", { how: minutes / 3 - 1 });
/** Of the first listing, open at once and for days; and of it and the second, for three minutes. */
export const planDays = step("plan", { how: 1 });
export const planMinutes = step("plan");
/** Of the first listing, open in six minutes for twelve. */
export const planLater = step("plan", { how: 6, much: 3 });

/** The newest cycle is planned otherwise, in one thing or, where `how` is divisible by three, in two. */
export const change = (how: number, first: Otherwise, second: Otherwise = "same") =>
  step("change-cycle", { how, much: muchFor(how, first, second) });

const UNTOLD = ["open", "wait", "expire", "pay", "pay-late", "half-a-day"];

/** What the two markets, if they agree, answer to what somebody does; how much it costs left out. */
export async function tell(db: Kysely<DB>, steps: Step[]) {
  const { layout } = historyOf(1, 1);
  const enough = { ...layout, stock: layout.stock.map(() => 9) };
  const { deviations, answers } = await play(db, { layout: enough, steps });
  const told = answers.filter((answer) => !UNTOLD.includes(answer.split(":")[0] ?? ""));
  return {
    deviations,
    answers: told.map((answer) => answer.replace(/placed \d+/, "placed").replace(/\d{3,}/, "N")),
  };
}
