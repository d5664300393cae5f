import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { parts } from "#app/domain/statement/parts.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen, formatMonth } from "#app/ui/format.ts";
import { Card, EmptyState, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { askedOf, statementPath } from "./asked.ts";
import { EntryTable } from "./entry-table.tsx";
import { KindTable } from "./kind-table.tsx";
import { MonthForm } from "./month-form.tsx";

export const handle = { area: "coop" };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const asked = askedOf(request);
  const [statement, rights] = await Promise.all([
    readOwnStatement(context.db, scope, asked),
    coopRights(request, context),
  ]);
  return {
    title: translator(context.locale, "statement")("title"),
    ...{ part: asked.part, statement, rights, isOlder: asked.before !== undefined },
    isSealBroken: new URL(request.url).searchParams.get("proof") === "broken",
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Statement() {
  const { title, part, statement, rights, isOlder, isSealBroken } = useLoaderData<typeof loader>();
  const t = useTranslations("statement");
  const seal = useTranslations("ledger.order");
  const locale = useLocale();
  const { month, months, openingFen, closingFen, entries, sums, olderBefore } = statement;
  const [inFen, outFen] = [
    sums.reduce((sum, each) => sum + each.inFen, 0),
    sums.reduce((sum, each) => sum + each.outFen, 0),
  ];
  const file = (format: string) => statementPath(part, month).replace("?", `/${format}?`);
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/payouts", label: useTranslations("coop.payouts")("title") }}>
        {title}
      </PageTitle>
      {isSealBroken && (
        <Notice tone="red" title={seal("brokenTitle")} role="alert">
          <p>{seal("broken")}</p>
        </Notice>
      )}
      <nav className="tabs" aria-label={t("parts")}>
        {parts.map((each) => (
          <a
            key={each}
            href={statementPath(each, month)}
            aria-current={each === part ? "page" : undefined}
          >
            {t(`part.${each}`)}
          </a>
        ))}
      </nav>
      <p className="text-earth">{t(`hint.${part}`)}</p>
      <MonthForm part={part} month={month} months={months} />
      <Card title={formatMonth(month, locale)}>
        <Facts
          items={[
            [t("opening"), formatFen(openingFen)],
            [t(part === "paid" ? "paidOut" : "in"), formatFen(inFen)],
            [t(part === "paid" ? "cameBack" : "out"), formatFen(outFen)],
            [t("closing"), <strong key="closing">{formatFen(closingFen)}</strong>],
          ]}
        />
        {sums.length > 0 && <KindTable sums={sums} part={part} />}
      </Card>
      {entries.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <Card title={t("entries")}>
          <EntryTable entries={entries} rights={rights} part={part} />
          <OlderPager href={statementPath(part, month)} older={olderBefore} isOlder={isOlder} />
          <p className="flex flex-wrap gap-3">
            <ButtonLink variant="quiet" href={file("csv")} download>
              {t("csv")}
            </ButtonLink>
            <ButtonLink variant="quiet" href={file("xlsx")} download>
              {t("xlsx")}
            </ButtonLink>
          </p>
          <p className="hint">{t("sealedHint")}</p>
        </Card>
      )}
    </div>
  );
}
