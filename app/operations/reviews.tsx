import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireOperator } from "#app/account/guards.ts";
import { readDecided, readReported } from "#app/domain/reviews/read-reported.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { Review, Stars, Typed } from "#app/ui/review.tsx";
import { DecisionLine } from "./review-history.tsx";

export const handle = { area: "operations" };

const MOST_SHOWN = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireOperator(request, context);
  const some = { limit: MOST_SHOWN };
  const [reported, decided] = await Promise.all([
    readReported(context.db, scope, some),
    readDecided(context.db, scope, some),
  ]);
  const title = translator(context.locale, "reviews")("operations.title");
  return { title, reported, decided };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** What readers reported, the longest waiting first, and what was decided. */
export default function ReportedReviews() {
  const { title, reported, decided } = useLoaderData<typeof loader>();
  const t = useTranslations("reviews.operations");
  const all = useTranslations("operations");
  const reasons = useTranslations("reviews.reason");
  const locale = useLocale();
  const { rows, count } = reported;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/operations", label: all("title") }}>{title}</PageTitle>
      <Card title={t("reported")}>
        {rows.length === 0 && <p>{t("none")}</p>}
        {rows.map((review) => (
          <Review key={review.id} review={review}>
            <p className="hint">
              {pick(locale, review.titleZh, review.titleEn)} ·{" "}
              {review.reports
                .map((each) =>
                  t("reports", { reason: reasons(each.reason), count: String(each.count) }),
                )
                .join(" · ")}{" "}
              · {t("since", { since: formatDateTime(review.firstAt, locale) })}
            </p>
            <p>
              <ButtonLink variant="quiet" href={`/operations/reviews/${review.id}`}>
                {t("look")}
              </ButtonLink>
            </p>
          </Review>
        ))}
        {count > rows.length && (
          <p className="hint">{all("moreThanShown", { shown: rows.length, count })}</p>
        )}
      </Card>
      <Card title={t("decided")}>
        {decided.length === 0 && <p>{t("noneDecided")}</p>}
        <ul className="stack">
          {decided.map((row) => (
            <li key={`${row.id} ${row.at.getTime()}`} className="border-t border-line pt-3">
              <p className="flex flex-wrap gap-x-3">
                <Stars stars={row.stars} />
                <span>{pick(locale, row.titleZh, row.titleEn)}</span>
              </p>
              {row.body && <Typed>{row.body}</Typed>}
              <DecisionLine decision={row} />
              <a
                href={`/operations/reviews/${row.id}`}
                className="inline-flex min-h-11 min-w-11 items-center"
              >
                {t("look")}
              </a>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
