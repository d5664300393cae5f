import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readArrivals, readDay, readWeighIn } from "#app/domain/intake/read-weigh-ins.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { FoundNotice } from "./found-notice.tsx";
import { KeptList } from "./kept-list.tsx";
import { readScale } from "./read-scale.ts";
import { readWeighing } from "./read-weighing.ts";
import { ScaleForm } from "./scale-form.tsx";
import { SCALE_SCRIPTS } from "./scale-scripts.ts";
import { WeighInTable } from "./weigh-in-table.tsx";
import { WeighedNotice } from "./weighed-notice.tsx";

export const handle = { area: "coop", enhance: SCALE_SCRIPTS };

/** The newest of today's stand below the form; all of them on a page of their own. */
const MOST_BELOW = 5;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const after = new URL(request.url).searchParams.get("after") ?? "";
  const [scale, today, last] = await Promise.all([
    readScale(context, scope),
    readDay(context.db, scope, { day: shanghaiDay(new Date()) }),
    readWeighIn(context.db, scope, after),
  ]);
  return {
    ...scale,
    title: translator(context.locale, "intake")("scale.title"),
    today: today.slice(0, MOST_BELOW),
    count: today.length,
    last: last?.standing ?? null,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const taken = await readWeighing(context, scope, request);
  if (taken.kind === "weighed") return redirect(`/coop/intake?after=${taken.weighInId}`, 303);
  if (taken.kind === "refused") return data({ ...taken, arrivals: [] }, { status: taken.status });
  const arrivals = await readArrivals(context.db, scope, taken.household.id);
  return data({ ...taken, errors: {}, several: [], arrivals });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function ScalePage() {
  const { title, options, keeper, clientKey, today, count, last } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const t = useTranslations("intake.scale");
  const coop = useTranslations("coop.today");
  // The next basket is most often the same, and so is what is in it.
  const remembered: FormValues = last
    ? {
        category: last.categoryCode,
        grade: last.grade,
        tare: String(last.tareGrams / 1_000),
        pool: last.poolZh === null ? "" : (last.listingId ?? ""),
      }
    : { grade: "first", tare: "0" };
  const labels = {
    ...{ household: t("household"), category: t("crop"), grade: t("grade") },
    ...{ gross: t("gross"), tare: t("tare"), pool: t("pool"), photo: t("photo") },
  };
  const household = sent?.kind === "found" ? sent.household : null;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: coop("title") }}>{title}</PageTitle>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="stack">
          {last && !sent && <WeighedNotice row={last} />}
          {household && <FoundNotice household={household} arrivals={sent?.arrivals ?? []} />}
          <FormNotice errors={sent?.errors} labels={labels} />
          <ScaleForm
            options={options}
            clientKey={clientKey}
            values={sent?.values ?? remembered}
            errors={sent?.errors ?? {}}
            several={sent?.several}
            photoIds={sent?.photos.map(({ id }) => id)}
            focus={household ? "gross" : "household"}
          />
          <KeptList keeper={keeper} />
        </div>
        <div className="stack">
          <Card title={t("today", { count })}>
            {today.length === 0 ? <p>{t("none")}</p> : <WeighInTable rows={today} areTodays />}
            <p className="flex flex-wrap gap-3">
              <ButtonLink variant="quiet" href="/coop/intake/days">
                {t("toDay")}
              </ButtonLink>
              <ButtonLink variant="quiet" href="/coop/intake/cards">
                {t("toCards")}
              </ButtonLink>
            </p>
          </Card>
        </div>
      </div>
    </div>
  );
}
