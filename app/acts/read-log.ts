import type { AppLoadContext } from "@remix-run/server-runtime";
import { ACTS } from "#app/domain/audit/acts.ts";
import { nameSubjects } from "#app/domain/audit/name-subjects.ts";
import { readActors, readActs } from "#app/domain/audit/read-acts.ts";
import type { CoopScope, WatchScope } from "#app/domain/scopes.ts";
import { csvFile } from "#app/domain/sheets/csv-file.ts";
import { translator } from "#app/i18n/translate.ts";
import { MOST_IN_FILE } from "./most-in-file.ts";
import { actWords, filterOf, shownAct } from "./shown-act.ts";

type Reader = CoopScope | WatchScope;
type Context = Pick<AppLoadContext, "db" | "locale">;

/** What an address asks the record for: a page of acts, and whom and what can be chosen. */
export async function readLog({ db, locale }: Context, scope: Reader, query: URLSearchParams) {
  const actors = await readActors(db, scope);
  const asked = filterOf(query);
  // Whoever was chosen of one cooperative is nobody of another.
  const memberId = actors.find(({ id }) => id === asked.memberId)?.id ?? null;
  const filter = { ...asked, memberId };
  const before = query.get("before");
  const { acts, olderBefore } = await readActs(db, scope, filter, { before });
  const t = translator(locale, "audit");
  const whats = ACTS.map((act) => ({ value: act, label: actWords(t as never, act) }));
  const names = await nameSubjects(db, scope, acts);
  const shown = acts.map((act) => shownAct(act, names, locale));
  return { filter, acts: shown, olderBefore, actors, whats, isOlder: !!before };
}
export type ReadLog = Awaited<ReturnType<typeof readLog>>;

/** The acts that an address asks for, as a CSV file. */
export async function logFile({ db, locale }: Context, scope: Reader, query: URLSearchParams) {
  const { acts } = await readActs(db, scope, filterOf(query), { most: MOST_IN_FILE });
  const subjects = await nameSubjects(db, scope, acts);
  const t = translator(locale, "audit");
  const names = ["at", "who", "what", "from", "subject", "before", "after"] as const;
  const rows = acts.map((act) => {
    const shown = shownAct(act, subjects, locale);
    return names.map((name) =>
      name === "subject" ? `${shown.subject} ${shown.subjectId}` : shown[name],
    );
  });
  return csvFile([names.map((name) => t(`col.${name}`)), ...rows]);
}
