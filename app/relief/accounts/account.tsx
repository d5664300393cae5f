import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireOfficer } from "#app/account/guards.ts";
import { readBelonged } from "#app/domain/moves/read-moves.ts";
import { readMonthTotals } from "#app/domain/relief/month-totals.ts";
import { type ReliefAccount, readReliefAccount } from "#app/domain/relief/read-account.ts";
import { readStatement } from "#app/domain/relief/read-statement.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { BelongedCard } from "#app/ui/belonged.tsx";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, EmptyState, Facts, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { OlderPager } from "#app/ui/older-pager.tsx";
import type { Status } from "./household-table.tsx";
import { MonthTable } from "./month-table.tsx";
import { StatementTable } from "./statement-table.tsx";

export const handle = { area: "relief" };

export const headers = notKept;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOfficer(request, context);
  const code = params.code ?? "";
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const account = await readReliefAccount(context.db, scope, code);
  const statement = await readStatement(context.db, scope, { code, before });
  if (!account || !statement) throw new Response(null, { status: 404 });
  const belonged = await readBelonged(context.db, scope, account.householdId);
  const months = await readMonthTotals(context.db, scope, code);
  // The code, not the name: a title lands in the browser's history.
  const title = `${account.code} · ${translator(context.locale, "relief")("title")}`;
  return { title, account, statement, months, belonged, isOlder: before !== undefined };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Account() {
  const { account, statement, months, belonged, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("relief");
  const here = `/relief/accounts/${account.code}`;
  const { entries, openingFen, olderBefore } = statement;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/relief", label: t("list.title") }}>
        {t("account.title", { name: account.headName })}
      </PageTitle>
      <div className="grid items-start gap-4 md:grid-cols-2">
        <div className="stack">
          <HouseholdFacts account={account} />
          <BelongedCard belonged={belonged} />
        </div>
        <Card title={t("account.totals")}>
          <Facts
            items={[
              [t("account.code"), account.code],
              [t("account.earned"), formatFen(account.earnedFen)],
              [t("account.paid"), formatFen(account.paidFen)],
              [t("account.owed"), formatFen(account.owedFen)],
            ]}
          />
          {account.goingBackFen > 0 && (
            <p>{t("account.goingBack", { amount: formatFen(account.goingBackFen) })}</p>
          )}
          {account.owedFen < 0 && <p>{t("account.overdrawn")}</p>}
          {months.length > 0 && <MonthTable months={months} />}
        </Card>
      </div>
      <Card title={t("statement.title")}>
        {entries.length === 0 ? (
          <EmptyState title={t("statement.empty")}>{t("statement.emptyHint")}</EmptyState>
        ) : (
          <>
            <StatementTable entries={entries} />
            <p className="flex justify-between gap-4 font-bold">
              <span>{t("statement.opening")}</span>
              <span className="tabular-nums">{formatFen(openingFen)}</span>
            </p>
            <OlderPager href={here} older={olderBefore} isOlder={isOlder} />
            <p>
              <ButtonLink variant="quiet" href={`${here}/statement.csv`}>
                {t("statement.download")}
              </ButtonLink>
            </p>
          </>
        )}
      </Card>
    </div>
  );
}

function HouseholdFacts({ account }: { account: ReliefAccount }) {
  const t = useTranslations("relief");
  const locale = useLocale();
  return (
    <Card title={t("account.household")}>
      <Facts
        items={[
          [t("account.head"), account.headName],
          [t("account.village"), pick(locale, account.villageZh, account.villageEn)],
          [t("account.registerCode"), account.registerCode],
          [t("account.status"), t(`status.${account.status as Status}`)],
          [t("account.cooperative"), pick(locale, account.cooperativeZh, account.cooperativeEn)],
          [t("account.programme"), pick(locale, account.programmeZh, account.programmeEn)],
          [t("account.alias"), pick(locale, account.aliasZh, account.aliasEn)],
        ]}
      />
      <p className="hint">{t("account.private")}</p>
    </Card>
  );
}
