import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readKeptTracking, takeTracking } from "#app/domain/parcels/tracking/keep-tracking.ts";
import { isTaken, isWrong } from "#app/domain/parcels/tracking/verdicts.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { TrackingTable } from "./tracking-table.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const file = await readKeptTracking(context.db, scope, params.fileId ?? "");
  if (!file) throw new Response(null, { status: 404 });
  const { takenAt, rows } = file;
  const sorted = {
    wrong: rows.filter(isWrong),
    right: rows.filter((row) => !isWrong(row)),
    ships: rows.filter(isTaken).length,
  };
  const title = translator(context.locale, "packing")("tracking.title");
  return { title, takenAt, ...sorted, locale: context.locale };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const fileId = params.fileId ?? "";
  const taken = await takeTracking(context.db, scope, { fileId });
  if (!taken.ok) throw new Response(null, { status: 404 });
  return redirect(`/coop/tracking/${fileId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function TrackingFile() {
  const { title, takenAt, wrong, right, ships, locale } = useLoaderData<typeof loader>();
  const t = useTranslations("packing.tracking");
  const lines = (count: number) => t("lines", { count });
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/tracking", label: t("another") }}>{title}</PageTitle>
      {takenAt && (
        <Notice role="status" title={t("taken", { at: formatDateTime(takenAt, locale) })} />
      )}
      <Card title={t(takenAt ? "was" : "would")}>
        <Facts
          items={[
            [t("verdict.ship"), lines(ships)],
            [t("verdict.known"), lines(right.length - ships)],
            [t("wrong"), lines(wrong.length)],
          ]}
        />
        {!takenAt && ships > 0 && (
          <form method="post" className="stack">
            <Button>{t("take", { count: ships })}</Button>
            <p className="hint">{t(wrong.length > 0 ? "takeHintWrong" : "takeHint")}</p>
          </form>
        )}
        {!takenAt && ships === 0 && <p>{t("nothing")}</p>}
      </Card>
      {wrong.length > 0 && (
        <Card title={t("wrong")}>
          <p>{t("wrongHint")}</p>
          <TrackingTable caption={t("wrong")} rows={wrong} />
        </Card>
      )}
      {right.length > 0 && (
        <Card title={t("right")}>
          <TrackingTable caption={t("right")} rows={right} />
        </Card>
      )}
    </div>
  );
}
