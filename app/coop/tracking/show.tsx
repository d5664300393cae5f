import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { readKeptTracking, startTracking } from "#app/domain/parcels/tracking/keep-tracking.ts";
import { isTaken, isWrong } from "#app/domain/parcels/tracking/verdicts.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, Facts, PageTitle } from "#app/ui/layout.tsx";
import { UnderWay } from "../imports/under-way.tsx";
import { ShipForm } from "./ship-form.tsx";
import { TrackingTable } from "./tracking-table.tsx";

export const handle = { area: "coop", enhance: ["look-again"] };

/** More than a screen of either is a spreadsheet's, which the wrong ones can be had for. */
const SHOWN = 100;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const file = await readKeptTracking(context.db, scope, params.fileId ?? "");
  if (!file) throw new Response(null, { status: 404 });
  const { rows, ...of } = file;
  const wrong = rows.filter(isWrong);
  const right = rows.filter((row) => !isWrong(row));
  const counts = { lines: rows.length, wrong: wrong.length, right: right.length };
  return {
    ...of,
    ...{ wrong: wrong.slice(0, SHOWN), right: right.slice(0, SHOWN) },
    counts: { ...counts, ships: rows.filter(isTaken).length },
    title: translator(context.locale, "packing")("tracking.title"),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const fileId = params.fileId ?? "";
  const form = await request.formData().catch(() => new FormData());
  const isWhole = form.get("how") === "all";
  const started = await startTracking(context.db, scope, { fileId, isWhole });
  if (!started.ok) throw new Response(null, { status: 404 });
  return redirect(`/coop/tracking/${fileId}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function TrackingFile() {
  const { id, title, state, isWhole, endedAt, done, counts, wrong, right } =
    useLoaderData<typeof loader>();
  const t = useTranslations("packing.tracking");
  const imports = useTranslations("imports");
  const lines = (count: number) => t("lines", { count });
  const path = `/coop/tracking/${id}`;
  const isLook = state === "looked-at";
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/tracking", label: t("another") }}>{title}</PageTitle>
      <UnderWay
        {...{ path, state, isWhole, endedAt, done, lines: counts.lines }}
        stoppedHint={t("stoppedHint")}
      />
      <Card title={t(isLook ? "would" : "was")}>
        <Facts
          items={[
            [t("verdict.ship"), lines(counts.ships)],
            [t("verdict.known"), lines(counts.right - counts.ships)],
            [t("wrong"), lines(counts.wrong)],
          ]}
        />
        {isLook && <ShipForm ships={counts.ships} wrong={counts.wrong} />}
      </Card>
      {wrong.length > 0 && (
        <Card title={t("wrong")}>
          <p>{t("wrongHint")}</p>
          <p>
            <ButtonLink variant="quiet" href={`${path}/wrong.csv`}>
              {imports("wrongDownload")}
            </ButtonLink>
          </p>
          <TrackingTable caption={t("wrong")} rows={wrong} />
          {counts.wrong > wrong.length && <p>{imports("firstOnly", { count: wrong.length })}</p>}
        </Card>
      )}
      {right.length > 0 && (
        <Card title={t("right")}>
          <TrackingTable caption={t("right")} rows={right} />
          {counts.right > right.length && <p>{imports("firstOnly", { count: right.length })}</p>}
        </Card>
      )}
    </div>
  );
}
