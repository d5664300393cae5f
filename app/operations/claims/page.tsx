import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { requireOperator } from "#app/account/guards.ts";
import { BearingCard } from "#app/claims/bearing-card.tsx";
import { ClaimGoods } from "#app/claims/claim-goods.tsx";
import { ClaimTimeline } from "#app/claims/claim-timeline.tsx";
import { ClaimProblemNotice } from "#app/claims/problem-notice.tsx";
import { problemOf } from "#app/claims/problems.ts";
import { ClaimBadge } from "#app/claims/state-badge.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { decideClaim } from "#app/domain/claims/decide-claim.ts";
import { readBearing } from "#app/domain/claims/read-bearing.ts";
import { readClaim } from "#app/domain/claims/read-claim.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { readDecision } from "./read-decision.ts";

export const handle = { area: "operations" };

async function escalated({ request, context, params }: LoaderFunctionArgs) {
  const operator = await requireOperator(request, context);
  const claim = await readClaim(context.db, { operator }, params.claimId ?? "");
  if (!claim) throw new Response(null, { status: 404 });
  return { operator, claim };
}

export async function loader(args: LoaderFunctionArgs) {
  const { operator, claim } = await escalated(args);
  const bearing = await readBearing(args.context.db, { operator }, claim.id);
  const t = translator(args.context.locale, "claims");
  const title = t("ofOrder", { number: claim.orderNumber });
  return { title, claim, bearing, problem: problemOf(args.request) };
}

export async function action(args: ActionFunctionArgs) {
  const { operator, claim } = await escalated(args);
  const form = await args.request.formData().catch(() => new FormData());
  const read = await readDecision(form, claim.askedFen);
  const { values } = read;
  if (!read.ok) return data({ errors: read.errors, values }, { status: 422 });
  const { decision } = read;
  const decided = await decideClaim(args.context.db, operator, { claimId: claim.id, decision });
  const path = `/operations/claims/${claim.id}`;
  if (decided.ok) return redirect(path, 303);
  const { reason } = decided;
  if (reason === "claim-not-found") throw new Response(null, { status: 404 });
  if (reason === "not-an-amount") {
    return data({ errors: { amount: "claimAmount" as const }, values }, { status: 422 });
  }
  if (reason === "no-reason") {
    return data({ errors: { reason: "required" as const }, values }, { status: 422 });
  }
  return redirect(`${path}?problem=${reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** A claim that has come to the operator, who decides for good. */
export default function EscalatedClaim() {
  const { title, claim, bearing, problem } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const words = useClaimWords();
  const { t } = words;
  const labels = {
    decision: t("operator.decide"),
    amount: t("desk.amount"),
    fault: t("desk.fault"),
    reason: t("desk.reason"),
  };
  return (
    <div className="stack">
      <PageTitle back={{ href: "/operations#claims", label: t("operator.title") }}>
        {title}
      </PageTitle>
      <p>
        <ClaimBadge state={claim.state} />
      </p>
      <ClaimProblemNotice problem={problem} />
      <FormNotice errors={sent?.errors} labels={labels} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="stack">
          <ClaimGoods claim={claim} photos={`/operations/claims/${claim.id}/photos`} />
          <ClaimTimeline claim={claim} withFault />
          {claim.state === "escalated" && bearing && <BearingCard bearing={bearing} />}
        </div>
        <Card title={t(claim.state === "escalated" ? "operator.decide" : `state.${claim.state}`)}>
          <Facts
            items={[
              [t("desk.cooperative"), words.name(claim)],
              [t("page.asked"), <Money key="asked" fen={claim.askedFen} />],
              [t("desk.produce"), <Money key="produce" fen={claim.produceFen} />],
              [t("desk.delivered"), words.when(claim.deliveredAt)],
              [t("page.sent"), words.when(claim.sentAt)],
            ]}
          />
          {claim.state === "escalated" ? (
            <>
              {claim.leftFen < claim.askedFen && (
                <p className="text-red">
                  {t("desk.proposalLeft", { fen: formatFen(claim.leftFen) })}
                </p>
              )}
              <DecisionForm claim={claim} sent={sent} />
            </>
          ) : (
            claim.grantedFen !== null && (
              <p>{t("happening.grant", { fen: formatFen(claim.grantedFen) })}</p>
            )
          )}
        </Card>
      </div>
    </div>
  );
}
