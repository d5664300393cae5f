import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { readBankAccount } from "#app/domain/cooperatives/bank-account.ts";
import { listRuns } from "#app/domain/payouts/list-runs.ts";
import { ALL_OWED, readOwed } from "#app/domain/payouts/owed.ts";
import { readOwnAccounts } from "#app/domain/payouts/own-accounts.ts";
import { readPayoutDay } from "#app/domain/payouts/payout-day.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { readOtherApprovers } from "#app/domain/payouts/read-run-people.ts";
import { readReserve } from "#app/domain/reserves/read-reserve.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, EmptyState, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { SentBefore } from "#app/ui/sent-before.tsx";
import { HeldBack } from "./held-back.tsx";
import { OtherApprovers } from "./other-approvers.tsx";
import { OwedTable } from "./owed-table.tsx";
import { PayoutDayForm } from "./payout-day-form.tsx";
import { PrepareForm } from "./prepare-form.tsx";
import { readTerms } from "./run-terms.ts";
import { RunsTable } from "./runs-table.tsx";
import { TermsForm } from "./terms-form.tsx";

export const handle = { area: "coop" };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const asked = await readTerms(new URL(request.url).searchParams);
  const terms = asked.ok ? asked.value : ALL_OWED;
  const [owed, runs, own, weekday, others, account, rights, reserve] = await Promise.all([
    readOwed(context.db, scope, terms),
    listRuns(context.db, scope),
    readOwnAccounts(context.db, scope),
    readPayoutDay(context.db, scope),
    readOtherApprovers(context.db, scope),
    readBankAccount(context.db, scope),
    coopRights(request, context),
    readReserve(context.db, scope),
  ]);
  return {
    title: translator(context.locale, "coop")("payouts.title"),
    owed: owed.filter((row) => row.reason !== "nothing"),
    payableFen: owed.reduce((sum, row) => sum + row.payableFen, 0),
    runs,
    open: runs.find((run) => run.status === "prepared") ?? null,
    reversing: runs.filter((run) => run.reversal === "reversing"),
    own,
    reserve,
    weekday,
    account: account && { bank: account.bank, end: account.number.slice(-4) },
    terms,
    asked: { values: asked.values, errors: asked.ok ? {} : asked.errors },
    others,
    mayInvite: rights.includes("people"),
    clientKey: uuidv7(),
  };
}

const preparation = z.object({ clientKey: z.uuid() });
const STALE = { problem: "stale-form", runId: "" } as const;

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const sent = await request.formData().catch(() => new FormData());
  const [form, terms] = [await readForm(sent, preparation), await readTerms(sent)];
  // The page wrote them: what is wrong with them nobody has typed.
  if (!form.ok || !terms.ok) return data(STALE, { status: 422 });
  const run = await prepareRun(context.db, scope, { ...form.value, terms: terms.value });
  if (run.ok) return redirect(`/coop/payouts/${run.runId}`, 303);
  const runId = run.reason === "prepared-before" ? run.runId : "";
  return data({ problem: run.reason, runId }, { status: 409 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Payouts() {
  const read = useLoaderData<typeof loader>();
  const { owed, payableFen, runs, open, own, weekday, others, mayInvite, clientKey } = read;
  const { terms, asked, account, reversing, reserve } = read;
  const refused = useActionData<typeof action>();
  const problem = refused?.problem;
  const before = refused && runs.find(({ id }) => id === refused.runId);
  const t = useTranslations("coop.payouts");
  const answers = useTranslations("coop.answers");
  const mayPrepare = !open && payableFen > 0 && Object.keys(asked.errors).length === 0;
  return (
    <div className="stack">
      <PageTitle>{t("title")}</PageTitle>
      {before && (
        <SentBefore
          title={t("preparedBefore", { number: before.number, fen: formatFen(before.totalFen) })}
          button={mayPrepare ? t("prepare", { fen: formatFen(payableFen) }) : undefined}
          link={{ href: `/coop/payouts/${before.id}`, label: t("toRun") }}
        />
      )}
      {problem && problem !== "prepared-before" && (
        <Notice tone="red" role="alert">
          {t(`problem.${problem}`)}
        </Notice>
      )}
      {open && (
        <Notice tone="persimmon" title={t("openRun", { number: open.number })}>
          <p>{t("openRunHint")}</p>
          <p className="mt-2">
            <ButtonLink href={`/coop/payouts/${open.id}`}>{t("toRun")}</ButtonLink>
          </p>
        </Notice>
      )}
      {reversing.map((run) => (
        <Notice key={run.id} tone="persimmon" title={t("reversing", { number: run.number })}>
          <p className="mt-2">
            <ButtonLink href={`/coop/payouts/${run.id}#reversal`}>{t("toRun")}</ButtonLink>
          </p>
        </Notice>
      ))}
      <Card title={t("owed")}>
        {owed.length === 0 ? (
          <EmptyState title={t("nothing")}>{t("nothingHint")}</EmptyState>
        ) : (
          <>
            <p>
              {t("owedTotal")}{" "}
              <span className="price text-2xl">
                <Money fen={payableFen} />
              </span>
            </p>
            {mayPrepare && (
              <>
                <PrepareForm {...{ terms, payableFen, clientKey }} />
                {others.length === 0 && <OtherApprovers others={others} mayInvite={mayInvite} />}
              </>
            )}
            {!open && <TermsForm {...asked} />}
            <HeldBack reserve={reserve} owed={owed} />
            <OwedTable owed={owed} />
          </>
        )}
      </Card>
      <Card title={t("runs")}>
        {runs.length === 0 ? <p>{t("noRuns")}</p> : <RunsTable runs={runs} />}
        <p>
          <ButtonLink variant="quiet" href="/coop/payouts/answers">
            {answers("title")}
          </ButtonLink>
        </p>
      </Card>
      <PayoutDayForm weekday={weekday} />
      <Card title={t("bank.title")} id="account">
        <p>{account ? t("bank.is", { bank: account.bank, end: account.end }) : t("bank.none")}</p>
        <p>
          <ButtonLink variant="quiet" href="/coop/payouts/account">
            {t(account ? "bank.change" : "bank.add")}
          </ButtonLink>
        </p>
      </Card>
      <Card title={t("own")}>
        <Facts
          items={[
            [t("fee"), formatFen(own.feeFen)],
            [t("freight"), formatFen(own.freightFen)],
            [t("reserve"), formatFen(reserve.balanceFen)],
          ]}
        />
        <p className="hint">{t("ownHint")}</p>
        <p>
          <ButtonLink variant="quiet" href="/coop/statement">
            {useTranslations("statement")("open")}
          </ButtonLink>{" "}
          <ButtonLink variant="quiet" href="/coop/reserve">
            {t("toReserve")}
          </ButtonLink>
        </p>
      </Card>
    </div>
  );
}
