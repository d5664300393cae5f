import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { readOwnWeighIns, type WeighInView } from "#app/domain/intake/read-weigh-ins.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { Pager } from "#app/ui/pager.tsx";

export const handle = { area: "farm" };

export const headers = notKept;

const PER_PAGE = 20;
const GRAMS_PER_JIN = 500;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const page = pageOf(request);
  const { rows, total } = await readOwnWeighIns(context.db, scope, {
    ...{ limit: PER_PAGE, offset: (page - 1) * PER_PAGE },
  });
  const title = translator(context.locale, "intake")("farm.title");
  return { title, rows, page, pages: Math.max(1, Math.ceil(total / PER_PAGE)) };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function WeighInCard({ row }: { row: WeighInView }) {
  const t = useTranslations("intake.farm");
  const one = useTranslations("intake.one");
  const grades = useTranslations("words.grade");
  const locale = useLocale();
  return (
    <li className="card">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-xl">
          {pick(locale, row.cropZh, row.cropEn)} {grades(row.grade)}
        </span>
        <strong className="text-xl">
          {formatWeight(row.netGrams, locale)} = {t("jin", { jin: row.netGrams / GRAMS_PER_JIN })}
        </strong>
      </div>
      <p>{formatDateTime(row.weighedAt, locale)}</p>
      {row.netGrams > 0 && (
        <p className="hint">
          {t("line", {
            gross: formatWeight(row.grossGrams, locale),
            tare: formatWeight(row.tareGrams, locale),
          })}
        </p>
      )}
      {row.reason && <p>{t("corrected", { reason: one(`reasons.${row.reason}`) })}</p>}
    </li>
  );
}

/** What the cooperative's scale said of her harvest, each time. */
export default function Weighed() {
  const { title, rows, page, pages } = useLoaderData<typeof loader>();
  const t = useTranslations("intake.farm");
  const earnings = useTranslations("farmEarnings");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/farm/earnings", label: earnings("slip.back") }}>{title}</PageTitle>
      {rows.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>
      ) : (
        <>
          <p>{t("hint")}</p>
          <ul className="stack">
            {rows.map((row) => (
              <WeighInCard key={row.id} row={row} />
            ))}
          </ul>
        </>
      )}
      <Pager page={page} pages={pages} href={(to) => `/farm/weighed?page=${to}`} />
    </div>
  );
}
