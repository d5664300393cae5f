import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { ClaimGoods } from "#app/claims/claim-goods.tsx";
import { ClaimTimeline } from "#app/claims/claim-timeline.tsx";
import { ClaimProblemNotice } from "#app/claims/problem-notice.tsx";
import { problemOf } from "#app/claims/problems.ts";
import { ClaimBadge } from "#app/claims/state-badge.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { readClaim } from "#app/domain/claims/read-claim.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { photosPath } from "./claim-path.ts";
import { ClaimStanding } from "./claim-standing.tsx";

export const handle = { area: "shop" };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const number = params.number ?? "";
  const side = { buyer: await buyerOf(request, context), number };
  const claim = await readClaim(context.db, side, params.claimId ?? "");
  if (!claim) throw new Response("Not Found", { status: 404 });
  const title = translator(context.locale, "claims")("ofOrder", { number });
  return { title, claim, problem: problemOf(request) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** A claim for its buyer: how it stands, what she can say to it, what she sent, what happened. */
export default function ClaimPage() {
  const { claim, problem } = useLoaderData<typeof loader>();
  const words = useClaimWords();
  const number = claim.orderNumber;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: `/orders/${number}`, label: words.t("order.back", { number }) }}>
        {words.t("title")}
      </PageTitle>
      <p>
        <ClaimBadge state={claim.state} />
      </p>
      <ClaimProblemNotice problem={problem} />
      <ClaimStanding claim={claim} />
      <ClaimGoods claim={claim} photos={photosPath(number)} />
      <ClaimTimeline claim={claim} />
    </div>
  );
}
