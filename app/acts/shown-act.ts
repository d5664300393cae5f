import { validate as isUuid } from "uuid";
import { ACTS } from "#app/domain/audit/acts.ts";
import type { SubjectName } from "#app/domain/audit/name-subjects.ts";
import type { Act, ActFilter } from "#app/domain/audit/read-acts.ts";
import { dayBounds } from "#app/domain/calendar/day-bounds.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { notedWords } from "./noted-words.ts";

type Words = Messages["audit"];

/** What an address asks the log for; what is nobody, no act and no day is all of them. */
export function filterOf(query: URLSearchParams): ActFilter {
  const asked = (name: string) => query.get(name) ?? "";
  return {
    memberId: isUuid(asked("who")) ? asked("who") : null,
    action: ACTS.find((act) => act === asked("what")) ?? null,
    day: dayBounds(asked("day")) ? asked("day") : null,
  };
}

/** The words of an act; of one that has none its name, so that nothing is kept from whoever reads. */
export function actWords(t: (key: never) => string, action: string): string {
  return (ACTS as readonly string[]).includes(action) ? t(`act.${action}` as never) : action;
}

/** Where somebody who reads the log looks at what was done; null where there is no such page. */
const pageOf: Partial<Record<string, (id: string, ofId: string | null) => string>> = {
  parcel: (id) => `/coop/parcels/${id}`,
  claim: (id) => `/coop/claims/${id}`,
  // A pooled one is no household's.
  listing: (id, householdId) => `/coop/${householdId ? "listings" : "pools"}/${id}`,
  lot: (id) => `/coop/stock/${id}`,
  cycle: (id) => `/coop/cycles/${id}`,
  import: (id) => `/coop/imports/${id}`,
  household: (id) => `/coop/households/${id}`,
  "household-application": (id) => `/coop/households/applications/${id}`,
  "household-move": () => "/coop/households/moves",
  "payout-run": (id) => `/coop/payouts/${id}`,
  payout: (_id, runId) => `/coop/payouts/${runId}`,
  "payout-answers": (id) => `/coop/payouts/answers/${id}`,
  "tracking-file": (id) => `/coop/tracking/${id}`,
};

/** From where an act was done: what with, and by which network. */
function fromWords(from: Act["from"], locale: Locale): string {
  const t = translator(locale, "audit");
  if (!from) return "";
  if (from.by === "market") return t("from.market");
  const isKnown = (word: string): word is keyof Words["from"]["device"] =>
    t.has(`from.device.${word}` as "from.device.pc");
  const words = from.device
    .split(" ")
    .map((word) => (isKnown(word) ? t(`from.device.${word}`) : word));
  return `${words.join(" ")} · ${from.network ?? t("from.noNetwork")}`;
}

/** An act as it is read, every cell a text; `href` leads to what it was done to. */
export function shownAct(act: Act, names: ReadonlyMap<string, SubjectName>, locale: Locale) {
  const t = translator(locale, "audit");
  const named = names.get(act.subjectId);
  const isNamed = named || act.subjectType !== "payout";
  return {
    id: act.id,
    at: formatDateTime(act.at, locale),
    who: act.name ?? t("unnamed"),
    what: actWords(t as never, act.action),
    subject: [
      t(`subject.${act.subjectType as keyof Words["subject"]}`),
      named && pick(locale, named.zh, named.en),
    ]
      .filter(Boolean)
      .join(" "),
    href: (isNamed && pageOf[act.subjectType]?.(act.subjectId, named?.ofId ?? null)) || null,
    subjectId: act.subjectId,
    from: fromWords(act.from, locale),
    before: notedWords(act.before, act, locale),
    after: notedWords(act.after, act, locale),
  };
}
export type ShownAct = ReturnType<typeof shownAct>;
