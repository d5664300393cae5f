import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { nameSubjects } from "#app/domain/audit/name-subjects.ts";
import { readActs } from "#app/domain/audit/read-acts.ts";
import { csvFile } from "#app/domain/sheets/csv-file.ts";
import { translator } from "#app/i18n/translate.ts";
import { download } from "#app/ui/download.ts";
import { MOST_IN_FILE } from "./most-in-file.ts";
import { filterOf, shownAct } from "./shown-act.ts";

/** The acts that are asked for, as a file. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const filter = filterOf(new URL(request.url).searchParams);
  const { acts } = await readActs(context.db, scope, filter, { most: MOST_IN_FILE });
  const subjects = await nameSubjects(context.db, scope, acts);
  const t = translator(context.locale, "audit");
  const names = ["at", "who", "what", "subject", "before", "after"] as const;
  const rows = acts.map((act) => {
    const shown = shownAct(act, subjects, context.locale);
    return names.map((name) =>
      name === "subject" ? `${shown.subject} ${shown.subjectId}` : shown[name],
    );
  });
  return download(csvFile([names.map((name) => t(`col.${name}`)), ...rows]), "acts.csv");
}
