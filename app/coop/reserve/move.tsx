import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { readMove } from "#app/domain/reserves/read-move.ts";
import { targetFen } from "#app/domain/reserves/reserve-rule.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { OrderTable } from "./order-table.tsx";
import { percent } from "./said.ts";

export const handle = { area: "coop" };

export const headers = notKept;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const move = await readMove(context.db, scope, params.moveId ?? "");
  if (!move) throw new Response(null, { status: 404 });
  const rights = await coopRights(request, context);
  return { title: translator(context.locale, "reserve")("move.title"), move, rights };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

/** One entry of the reserve: what was counted, for which orders, and what followed from it. */
export default function Move() {
  const { title, move, rights } = useLoaderData<typeof loader>();
  const t = useTranslations("reserve.move");
  const words = useTranslations("reserve");
  const statement = useTranslations("statement");
  const locale = useLocale();
  const { beforeFen, fen, counted, claimId, claimNumber } = move;
  const kind = claimId ? "reserve-draw" : fen < 0 ? "reserve-out" : "reserve-in";
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/statement?of=reserve", label: statement("title") }}>
        {title}
      </PageTitle>
      <Card title={statement(`kinds.${kind}`)}>
        <Facts
          items={[
            [statement("when"), formatDateTime(move.occurredAt, locale)],
            [t("before"), formatFen(beforeFen)],
            [t("moved"), <strong key="moved">{formatFen(fen)}</strong>],
            [t("after"), formatFen(beforeFen + fen)],
          ]}
        />
        {claimId && (
          <p>
            {t("claim", { number: claimNumber ?? "" })}{" "}
            {rights.includes("sell") && (
              <a
                className="inline-flex min-h-11 min-w-11 items-center"
                href={`/coop/claims/${claimId}`}
              >
                {statement("toClaim")}
              </a>
            )}
          </p>
        )}
      </Card>
      {counted && (
        <Card title={t("counted")}>
          <p className="hint">{t("countedHint", { seq: String(counted.throughSeq) })}</p>
          <Facts
            items={[
              [words("rate"), `${percent(counted.rateBasisPoints)}%`],
              [t("shares"), formatFen(counted.sharesFen)],
              [words("overdrawn"), formatFen(counted.overdrawnFen)],
              [words("ceiling"), formatFen(counted.ceilingFen)],
              [t("own"), formatFen(counted.ownFen)],
              [t("target"), <strong key="target">{formatFen(targetFen(counted))}</strong>],
            ]}
          />
        </Card>
      )}
      {counted && <OrderTable of="added" list={counted.added} rights={rights} />}
      {counted && <OrderTable of="dropped" list={counted.dropped} rights={rights} />}
    </div>
  );
}
