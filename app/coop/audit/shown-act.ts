import { validate as isUuid } from "uuid";
import { ACTS } from "#app/domain/audit/acts.ts";
import type { Act, ActFilter } from "#app/domain/audit/read-acts.ts";
import { dayBounds } from "#app/domain/calendar/day-bounds.ts";
import type { Locale } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime } from "#app/ui/format.ts";
import type { Json } from "#db/schema.d.ts";

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

/** "status: waiting; carrier: sf": what was noted, one after the other. */
function noted(json: Json | null): string {
  if (json === null || typeof json !== "object" || Array.isArray(json)) {
    return json === null ? "" : JSON.stringify(json);
  }
  return Object.entries(json)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("; ");
}

/** An act as it is read, every cell a text. */
export function shownAct(act: Act, locale: Locale) {
  const t = translator(locale, "audit");
  return {
    id: act.id,
    at: formatDateTime(act.at, locale),
    who: act.name ?? t("unnamed"),
    what: actWords(t as never, act.action),
    subject: t(`subject.${act.subjectType as keyof Words["subject"]}`),
    subjectId: act.subjectId,
    before: noted(act.before),
    after: noted(act.after),
  };
}
export type ShownAct = ReturnType<typeof shownAct>;
