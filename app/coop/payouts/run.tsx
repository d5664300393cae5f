import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { readBankAccount } from "#app/domain/cooperatives/bank-account.ts";
import { readOwed } from "#app/domain/payouts/owed.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";
import {
  type RunPerson,
  readOtherApprovers,
  readRunPeople,
} from "#app/domain/payouts/read-run-people.ts";
import { readReversal } from "#app/domain/payouts/reversals/read-reversal.ts";
import { readReserve } from "#app/domain/reserves/read-reserve.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDate, formatDateTime, formatFen } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { BankFiles } from "./bank-files.tsx";
import { HeldBack } from "./held-back.tsx";
import { LeftOutTable } from "./left-out-table.tsx";
import { ReversalCard } from "./reversal/card.tsx";
import { RunDecision } from "./run-decision.tsx";
import { RunItems } from "./run-items.tsx";
import { PersonOfRun } from "./run-person.tsx";
import { isRunProblem } from "./run-problem.ts";

export const handle = { area: "coop" };

export const headers = notKept;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const run = await readRun(context.db, scope, params.runId ?? "");
  if (!run) throw new Response(null, { status: 404 });
  const said = new URL(request.url).searchParams;
  const asked = said.get("problem");
  const title = translator(context.locale, "coop")("run.title", { number: run.number });
  const problem = isRunProblem(asked) ? asked : null;
  // What is wrong with one payout's return is told beside it, everything else above the run.
  const item = run.items.find((each) => each.id === said.get("item"));
  const isBeside =
    (problem === "choose-reason" && item?.status === "paid") ||
    (problem === "bounced-otherwise" && item?.status === "bounced");
  const refusedItem = item && isBeside ? item.id : null;
  const people = await readRunPeople(context.db, scope, run.id);
  const taking = await readReversal(context.db, scope, run.id);
  const isMineToo = people.isMine || taking.reversal?.askedBy?.isMe;
  const others = isMineToo ? await readOtherApprovers(context.db, scope) : [];
  const mayInvite = (await coopRights(request, context)).includes("people");
  const hasAccount = (await readBankAccount(context.db, scope)) !== null;
  // Once it is decided what is held back now is nothing that this run was weighed against.
  const held = run.status === "prepared" && {
    reserve: await readReserve(context.db, scope),
    owed: await readOwed(context.db, scope, run),
  };
  const { locale } = context;
  const who = { people, others, mayInvite };
  return { title, run, taking, problem, refusedItem, held, ...who, hasAccount, locale };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Run() {
  const {
    title,
    run,
    taking,
    problem,
    refusedItem,
    held,
    people,
    others,
    mayInvite,
    hasAccount,
    locale,
  } = useLoaderData<typeof loader>();
  const t = useTranslations("coop");
  const status = useTranslations("words.payoutStatus");
  const when = (at: Date | null, by: RunPerson | null) => (
    <>
      {at ? formatDateTime(at, locale) : "—"}
      {at && by && (
        <span className="block text-sm text-earth">
          <PersonOfRun person={by} />
        </span>
      )}
    </>
  );
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/payouts", label: t("payouts.title") }}>{title}</PageTitle>
      {problem && !refusedItem && (
        <Notice tone="red" role="alert" title={t("run.problem.title")}>
          {t(`run.problem.${problem}`)}
        </Notice>
      )}
      <Card title={t("run.summary")}>
        <Facts
          items={[
            [t("payouts.runStatus"), status(run.reversal ?? run.status)],
            [
              t("payouts.until"),
              run.soldUntil ? formatDate(run.soldUntil, locale) : t("run.untilAll"),
            ],
            [
              t("payouts.minimum"),
              run.minimumFen > 0 ? formatFen(run.minimumFen) : t("run.noMinimum"),
            ],
            [t("payouts.total"), formatFen(run.totalFen)],
            [t("payouts.count"), t("payouts.countValue", { count: run.payoutCount })],
            [t("payouts.preparedAt"), when(run.preparedAt, people.preparedBy)],
            [t("payouts.confirmedAt"), when(run.confirmedAt, people.confirmedBy)],
          ]}
        />
        {held && <HeldBack {...held} />}
        {run.status === "confirmed" && (
          <BankFiles {...{ runId: run.id, hasAccount, isTakenBack: run.reversal !== null }} />
        )}
      </Card>
      {run.status === "prepared" && <RunDecision {...{ run, people, others, mayInvite }} />}
      <ReversalCard {...{ runId: run.id, taking, others, mayInvite }} />
      <Card title={t("run.items")}>
        <RunItems run={run} refusedItem={refusedItem} />
      </Card>
      {run.leftOut.length > 0 && (
        <Card title={t("run.leftOut")}>
          <LeftOutTable leftOut={run.leftOut} />
        </Card>
      )}
    </div>
  );
}
