import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import type { CycleView } from "#app/domain/cycles/read-cycles.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { gradedTitle } from "#app/ui/graded-title.ts";
import { Badge, Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { useCycleWords } from "./cycle-words.ts";
import { Guide } from "./guide.tsx";
import { ownCycle } from "./own-cycle.ts";

export const handle = { area: "coop" };

const NEWS = [
  ...["planned", "had", "changed", "unchanged", "closed", "closed-before"],
  ...["called-off", "called-off-before", "orders-stand", "not-open"],
] as const;
const BAD = ["orders-stand", "not-open"];

export async function loader(args: LoaderFunctionArgs) {
  const { cycle } = await ownCycle(args, "sell");
  const asked = new URL(args.request.url).searchParams.get("news");
  return {
    ...{ title: translator(args.context.locale, "cycles")("show.title"), cycle, now: new Date() },
    news: NEWS.find((word) => word === asked) ?? null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Cycle() {
  const { title, cycle, now, news } = useLoaderData<typeof loader>();
  const t = useTranslations("cycles");
  const words = useCycleWords();
  const { state, tone, word } = words.state(cycle, now);
  const path = `/coop/cycles/${cycle.id}`;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/cycles", label: t("title") }}>{title}</PageTitle>
      {news && (
        <Notice tone={BAD.includes(news) ? "red" : "leaf"} role="status">
          {t(`news.${news as "planned"}`)}
        </Notice>
      )}
      <Card>
        <p>
          <Badge tone={tone}>{word}</Badge>
        </p>
        <Facts
          items={[
            [t("col.window"), words.window(cycle)],
            [t("col.collects"), words.day(cycle.collectsOn)],
            [t("col.ships"), words.day(cycle.shipsOn)],
            [t("col.orders"), t("show.orders", { paid: cycle.paid, unpaid: cycle.unpaid })],
            [t("show.told"), cycle.toldAt ? words.at(cycle.toldAt) : t("show.notTold")],
            [t("show.idle"), t(cycle.tellsIdle ? "show.idleTold" : "show.idleNot")],
          ]}
        />
        <p className="flex flex-wrap gap-2">
          <ButtonLink href={`${path}/run`}>{t("show.toRun")}</ButtonLink>
          {state !== "called-off" && (
            <ButtonLink variant="quiet" href={`${path}/edit`}>
              {t("show.edit")}
            </ButtonLink>
          )}
        </p>
      </Card>
      <Card title={t("form.places")}>
        <ul>
          {cycle.places.map((place) => (
            <li key={place.regionCode + place.villageZh} className="border-t border-line py-2">
              <strong>{pick(words.locale, place.villageZh, place.villageEn)}</strong> ·{" "}
              {words.meeting({ ...place, collectsOn: place.collectsOn ?? cycle.collectsOn })} ·{" "}
              {place.place}
            </li>
          ))}
        </ul>
      </Card>
      <Chosen chosen={cycle.chosen} />
      {state === "open" && <EndForm action={`${path}/closing`} which="close" />}
      {state !== "called-off" && cycle.paid + cycle.unpaid === 0 && (
        <EndForm action={`${path}/calling-off`} which="callOff" />
      )}
      {state !== "called-off" && cycle.paid + cycle.unpaid > 0 && (
        <p className="hint">{t("show.callOffRule")}</p>
      )}
      <Guide />
    </div>
  );
}

function Chosen({ chosen }: Pick<CycleView, "chosen">) {
  const t = useTranslations("cycles");
  const grades = useTranslations("words.grade");
  const { locale } = useCycleWords();
  return (
    <DataTable
      caption={t("form.listings")}
      rows={chosen}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("form.listings"),
          cell: (row) => (
            <RowLink href={`/produce/${row.id}`}>
              {gradedTitle(
                locale,
                pick(locale, row.titleZh, row.titleEn),
                grades(row.grade as "first"),
              )}
            </RowLink>
          ),
        },
        {
          label: t("show.whose"),
          cell: (row) => row.headName ?? t("form.pooled", { count: row.households }),
        },
        { label: t("show.ordered"), isNumber: true, cell: ({ ordered }) => ordered },
      ]}
    />
  );
}

/** A button that ends a cycle, with what that means above it. */
function EndForm({ action, which }: { action: string; which: "close" | "callOff" }) {
  const t = useTranslations("cycles.show");
  return (
    <Card title={t(`${which}.title`)}>
      <p>{t(`${which}.hint`)}</p>
      <form method="post" action={action}>
        <Button variant="danger">{t(`${which}.button`)}</Button>
      </form>
    </Card>
  );
}
