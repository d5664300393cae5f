import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { listCoopClaims } from "#app/domain/claims/list-claims.ts";
import { translator } from "#app/i18n/translate.ts";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { ClaimTable } from "./claim-table.tsx";

export const handle = { area: "coop" };

const PER_PAGE = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const before = new URL(request.url).searchParams.get("before");
  const limit = PER_PAGE + 1;
  const [waiting, found] = await Promise.all([
    listCoopClaims(context.db, scope, { waiting: true, limit: 200 }),
    listCoopClaims(context.db, scope, { waiting: false, before, limit }),
  ]);
  const others = found.slice(0, PER_PAGE);
  const older = found.length > PER_PAGE ? (others.at(-1)?.id ?? null) : null;
  const title = translator(context.locale, "claims")("title");
  return { title, waiting, others, older, isOlder: before !== null };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** The claims desk: what waits for an answer first, the one whose day ends first before all. */
export default function ClaimsDesk() {
  const { title, waiting, others, older, isOlder } = useLoaderData<typeof loader>();
  const { t } = useClaimWords();
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: t("desk.back") }}>{title}</PageTitle>
      <p className="hint">{t("desk.intro")}</p>
      <Card title={t("desk.waiting")}>
        {waiting.length === 0 ? (
          <p>{t("desk.nothing")}</p>
        ) : (
          <ClaimTable caption={t("desk.waiting")} claims={waiting} />
        )}
      </Card>
      <Card title={t("desk.others")}>
        {others.length === 0 ? (
          <p>{t("desk.noOthers")}</p>
        ) : (
          <ClaimTable caption={t("desk.others")} claims={others} />
        )}
      </Card>
      <OlderPager href="/coop/claims?" older={older} isOlder={isOlder} />
    </div>
  );
}
