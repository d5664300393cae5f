import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { BearingCard } from "#app/claims/bearing-card.tsx";
import { ClaimGoods } from "#app/claims/claim-goods.tsx";
import { ClaimTimeline } from "#app/claims/claim-timeline.tsx";
import { ClaimProblemNotice } from "#app/claims/problem-notice.tsx";
import { problemOf } from "#app/claims/problems.ts";
import { ClaimBadge } from "#app/claims/state-badge.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { answerClaim } from "#app/domain/claims/answer-claim.ts";
import { readBearing } from "#app/domain/claims/read-bearing.ts";
import { readClaim } from "#app/domain/claims/read-claim.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { readAnswerForm } from "./answer-fields.ts";
import { AnswerForm } from "./answer-form.tsx";
import { Bearer } from "./bearer.tsx";

export const handle = {
  area: "coop",
  keptForm: ({ claim }: { claim: { state: string } }) =>
    claim.state === "waiting" ? { id: "answer" } : undefined,
};

async function ownClaim({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const claim = await readClaim(context.db, { coop: scope }, params.claimId ?? "");
  if (!claim) throw new Response(null, { status: 404 });
  return { scope, claim };
}

export async function loader(args: LoaderFunctionArgs) {
  const { scope, claim } = await ownClaim(args);
  const bearing = await readBearing(args.context.db, { coop: scope }, claim.id);
  const t = translator(args.context.locale, "claims");
  const title = t("ofOrder", { number: claim.orderNumber });
  return { title, claim, bearing, problem: problemOf(args.request) };
}

export async function action(args: ActionFunctionArgs) {
  const { scope, claim } = await ownClaim(args);
  const form = await args.request.formData().catch(() => new FormData());
  const read = await readAnswerForm(form, claim.askedFen);
  const { values } = read;
  if (switchLocale(args.context, values.locale)) {
    return data({ errors: {}, values }, { status: 200 });
  }
  if (!read.ok) return data({ errors: read.errors, values }, { status: 422 });
  const { answer } = read;
  const answered = await answerClaim(args.context.db, scope, { claimId: claim.id, answer });
  const path = `/coop/claims/${claim.id}`;
  if (answered.ok) return redirect(path, 303);
  const { reason } = answered;
  if (reason === "claim-not-found") throw new Response(null, { status: 404 });
  if (reason === "not-less") {
    return data({ errors: { amount: "claimNotLess" as const }, values }, { status: 422 });
  }
  if (reason === "no-reason") {
    return data({ errors: { reason: "required" as const }, values }, { status: 422 });
  }
  return redirect(`${path}?problem=${reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** A claim for the cooperative: what is spoiled, what the rule says, its answer, who bears it. */
export default function CoopClaim() {
  const { title, claim, bearing, problem } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const words = useClaimWords();
  const { t } = words;
  const number = claim.orderNumber;
  const asked = formatFen(claim.askedFen);
  const isLarge = claim.askedFen * 10 > claim.produceFen;
  const labels = {
    answer: t("desk.answer"),
    amount: t("desk.amount"),
    fault: t("desk.fault"),
    reason: t("desk.reason"),
  };
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/claims", label: t("title") }}>{title}</PageTitle>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <ClaimBadge state={claim.state} />
        <a
          className="inline-flex min-h-11 min-w-11 items-center"
          href={`/coop/parcels/${claim.parcelId}`}
        >
          {t("desk.toParcel", { number })}
        </a>
      </p>
      <ClaimProblemNotice problem={problem} />
      <FormNotice errors={sent?.errors} labels={labels} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="stack">
          <ClaimGoods claim={claim} photos={`/coop/claims/${claim.id}/photos`} />
          <ClaimTimeline claim={claim} withFault />
        </div>
        <div className="stack">
          <Card title={t(`state.${claim.state}`)}>
            <Facts
              items={[
                [t("page.asked"), <Money key="asked" fen={claim.askedFen} />],
                [
                  t(claim.state === "offered" ? "page.offered" : "page.granted"),
                  claim.grantedFen === null ? "—" : <Money key="given" fen={claim.grantedFen} />,
                ],
                [t("desk.produce"), <Money key="produce" fen={claim.produceFen} />],
                [t("desk.delivered"), words.when(claim.deliveredAt)],
                [t("page.sent"), words.when(claim.sentAt)],
                ...(claim.dueAt ? [[t("desk.day"), words.when(claim.dueAt)] as const] : []),
              ]}
            />
            <Bearer claim={claim} drawnFen={bearing?.drawnFen ?? null} />
          </Card>
          {claim.state === "waiting" && bearing && <BearingCard bearing={bearing} />}
          {claim.state === "waiting" && (
            <Card title={t("desk.answer")}>
              <div>
                <p className="font-bold">{t("desk.proposal")}</p>
                {isLarge && (
                  <p>{t("desk.proposalLarge", { asked, produce: formatFen(claim.produceFen) })}</p>
                )}
                {!claim.isFirst && <p>{t("desk.proposalAgain")}</p>}
                {!claim.isConfirmed && <p>{t("desk.proposalUnconfirmed")}</p>}
                {claim.leftFen < claim.askedFen && (
                  <p className="text-red">
                    {t("desk.proposalLeft", { fen: formatFen(claim.leftFen) })}
                  </p>
                )}
              </div>
              <AnswerForm claim={claim} sent={sent} />
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}
