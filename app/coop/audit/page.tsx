import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { ACTS } from "#app/domain/audit/acts.ts";
import { nameSubjects } from "#app/domain/audit/name-subjects.ts";
import { readActors, readActs } from "#app/domain/audit/read-acts.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { MOST_IN_FILE } from "./most-in-file.ts";
import { actWords, filterOf, type ShownAct, shownAct } from "./shown-act.ts";

export const handle = { area: "coop" };

const PATH = "/coop/audit";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const query = new URL(request.url).searchParams;
  const filter = filterOf(query);
  const before = query.get("before");
  const [{ acts, olderBefore }, actors] = await Promise.all([
    readActs(context.db, scope, filter, { before }),
    readActors(context.db, scope),
  ]);
  const t = translator(context.locale, "audit");
  const whats = ACTS.map((act) => ({ value: act, label: actWords(t as never, act) }));
  const names = await nameSubjects(context.db, scope, acts);
  const shown = acts.map((act) => shownAct(act, names, context.locale));
  return { title: t("title"), filter, acts: shown, olderBefore, actors, whats, isOlder: !!before };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Audit() {
  const read = useLoaderData<typeof loader>();
  const { filter, acts } = read;
  const t = useTranslations("audit");
  const words = useTranslations("coop");
  const asked = new URLSearchParams(
    Object.entries({ who: filter.memberId, what: filter.action, day: filter.day }).flatMap(
      ([name, value]) => (value ? [[name, value]] : []),
    ),
  ).toString();
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: words("today.title") }}>{read.title}</PageTitle>
      <p className="text-earth">{t("intro")}</p>
      <form method="get" action={PATH} className="flex flex-wrap items-end gap-3">
        <label className="grow basis-40">
          <span className="label">{t("filter.who")}</span>
          <select name="who" className="input" defaultValue={filter.memberId ?? ""}>
            <option value="">{t("filter.everybody")}</option>
            {read.actors.map(({ id, name, hasLeft }) => (
              <option key={id} value={id}>
                {hasLeft ? t("left", { name: name ?? t("unnamed") }) : (name ?? t("unnamed"))}
              </option>
            ))}
          </select>
        </label>
        <label className="grow basis-40">
          <span className="label">{t("filter.what")}</span>
          <select name="what" className="input" defaultValue={filter.action ?? ""}>
            <option value="">{t("filter.everything")}</option>
            {read.whats.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="grow basis-40">
          <span className="label">{t("filter.day")}</span>
          <input type="date" name="day" className="input" defaultValue={filter.day ?? ""} />
        </label>
        <Button variant="quiet">{t("filter.show")}</Button>
        {asked && (
          <a className="inline-flex min-h-11 min-w-11 items-center" href={PATH}>
            {t("filter.clear")}
          </a>
        )}
      </form>
      {acts.length === 0 ? <EmptyState title={t("none")} /> : <ActTable acts={acts} />}
      <OlderPager
        href={asked ? `${PATH}?${asked}` : PATH}
        older={read.olderBefore}
        isOlder={read.isOlder}
      />
      <p>
        <ButtonLink variant="quiet" href={`${PATH}/acts.csv${asked && `?${asked}`}`} download>
          {t("csv")}
        </ButtonLink>
      </p>
      <p className="text-earth">{t("csvHint", { count: MOST_IN_FILE })}</p>
    </div>
  );
}

function ActTable({ acts }: { acts: ShownAct[] }) {
  const t = useTranslations("audit");
  return (
    <DataTable
      caption={t("title")}
      rows={acts}
      rowKey={(act) => act.id}
      columns={[
        { label: t("col.at"), cell: (act) => act.at },
        { label: t("col.who"), cell: (act) => act.who },
        { label: t("col.what"), cell: (act) => act.what },
        {
          label: t("col.subject"),
          cell: (act) =>
            act.href ? <RowLink href={act.href}>{act.subject}</RowLink> : act.subject,
        },
        { label: t("col.before"), cell: (act) => act.before || "–" },
        { label: t("col.after"), cell: (act) => act.after || "–" },
      ]}
    />
  );
}
