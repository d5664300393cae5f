import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LinksFunction, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import { readDay, readWeighIn } from "#app/domain/intake/read-weigh-ins.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatWeight } from "#app/i18n/unit-words.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDate, formatDateTime } from "#app/ui/format.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import cardPaper from "./intake-paper.css?url";
import { produceOf } from "./produce-of.ts";
import slipPaper from "./slip-paper.css?url";

export const handle = { area: "coop", enhance: ["print-page"] };

/** The roll of a slip printer, after the A4 of all other pages. */
export const links: LinksFunction = () => [
  { rel: "stylesheet", href: cardPaper },
  { rel: "stylesheet", href: slipPaper },
];

/** All that a household has brought on the day of one weigh-in: one slip, however many baskets. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const { db, locale } = context;
  const found = await readWeighIn(db, scope, params.weighInId ?? "");
  if (!found) throw new Response(null, { status: 404 });
  const { householdId, weighedAt, aliasZh, aliasEn } = found.standing;
  const day = shanghaiDay(weighedAt);
  const [cooperative, rows] = await Promise.all([
    readCooperative(db, scope),
    readDay(db, scope, { day, householdId }),
  ]);
  const title = translator(locale, "intake")("slip.title");
  const weighed = rows.filter(({ netGrams }) => netGrams > 0).reverse();
  const id = found.standing.id;
  return { title, id, cooperative, day, aliasZh, aliasEn, rows: weighed, printedAt: new Date() };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Slip() {
  const { title, id, cooperative, day, aliasZh, aliasEn, rows, printedAt } =
    useLoaderData<typeof loader>();
  const t = useTranslations("intake.slip");
  const one = useTranslations("intake.one");
  const grades = useTranslations("words.grade");
  const locale = useLocale();
  const total = rows.reduce((sum, { netGrams }) => sum + netGrams, 0);
  return (
    <div className="narrow stack intake-paper">
      <div className="no-print stack">
        <PageTitle back={{ href: `/coop/intake/${id}`, label: one("title") }}>{title}</PageTitle>
        <p>{t("hint")}</p>
        <span data-print hidden>
          <Button type="button">{t("print")}</Button>
        </span>
      </div>
      <article className="intake-slip">
        <p className="font-bold">{pick(locale, cooperative.nameZh, cooperative.nameEn)}</p>
        <p>{t("heading")}</p>
        <p className="text-xl font-bold">{pick(locale, aliasZh, aliasEn)}</p>
        <p>{formatDate(day, locale)}</p>
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <span>
                {produceOf(row, grades(row.grade), locale)}
                <br />
                {t("weights", {
                  gross: formatWeight(row.grossGrams, locale),
                  tare: formatWeight(row.tareGrams, locale),
                })}
              </span>
              <strong>{formatWeight(row.netGrams, locale)}</strong>
            </li>
          ))}
        </ul>
        <p className="intake-sum">
          <strong>{t("total", { count: rows.length })}</strong>
          <strong>
            {formatWeight(total, locale)} = {t("jin", { jin: total / 500 })}
          </strong>
        </p>
        <p>{t("check")}</p>
        <p>{t("printed", { at: formatDateTime(printedAt, locale) })}</p>
      </article>
    </div>
  );
}
