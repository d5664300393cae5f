import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { readWaitingConsents } from "#app/domain/consents/read-consents.ts";
import { readBringing, readSelling } from "#app/domain/cycles/read-bringing.ts";
import {
  type EarningTotals,
  readEarningTotals,
  readSales,
  type Sale,
} from "#app/domain/households/read-earnings.ts";
import { type NextPayout, readNextPayout } from "#app/domain/households/read-next-payout.ts";
import { readOwnMove } from "#app/domain/moves/read-moves.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { isEasyMode } from "#app/ui/easy-mode.ts";
import { EasyModeForm } from "#app/ui/easy-mode-form.tsx";
import { formatDate, formatFen } from "#app/ui/format.ts";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { Bring, Sells } from "./bring.tsx";
import { MoveNotice } from "./moves/notice.tsx";
import { NextPayoutLine } from "./next-payout.tsx";
import { WaitingPhotos } from "./offline/waiting-photos.tsx";

export const handle = { area: "farm", enhance: ["read-aloud", "photo-shelf"] };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const [totals, { sales }, next, consents, bringing, selling, move] = await Promise.all([
    readEarningTotals(context.db, scope),
    readSales(context.db, scope, { lines: 5 }),
    readNextPayout(context.db, scope),
    readWaitingConsents(context.db, scope),
    readBringing(context.db, scope),
    readSelling(context.db, scope),
    readOwnMove(context.db, scope),
  ]);
  const title = translator(context.locale, "farm")("title");
  const asked = consents.length;
  const isEasy = isEasyMode(request.headers);
  const read = { title, totals, sales, next, asked, bringing, selling, move, isEasy };
  return { ...read, now: new Date() };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function Owed({ totals, next }: { totals: EarningTotals; next: NextPayout }) {
  const t = useTranslations("farm.home");
  const { owedFen, onTheWayFen, monthFen } = totals;
  return (
    <section className="card stack">
      <div>
        <h2 className="text-base">{t("owed")}</h2>
        <p className="owed-sum">
          <Money fen={Math.max(0, owedFen)} />
        </p>
      </div>
      {onTheWayFen > 0 && <p>{t("onTheWay", { amount: formatFen(onTheWayFen) })}</p>}
      <NextPayoutLine totals={totals} next={next} />
      <p>
        {t("month")}{" "}
        <strong>
          <Money fen={monthFen} />
        </strong>
      </p>
    </section>
  );
}

function LastSale({ sale }: { sale: Sale }) {
  const t = useTranslations("farm.home");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const unit = unitWords(sale.unit, sale.unitGrams);
  return (
    <li className="slip-row">
      <span>
        {pick(locale, sale.titleZh, sale.titleEn)}
        <span className="block text-sm text-earth">
          {formatDate(sale.soldAt, locale)} · {t("soldLine", { quantity: sale.quantity, unit })}
        </span>
      </span>
      <strong>
        <Money fen={sale.earnedFen - sale.refundedFen} />
      </strong>
    </li>
  );
}

/** That her cooperative has listed something for her and waits for her word. */
function Asked({ count }: { count: number }) {
  const t = useTranslations("consent.home");
  if (count === 0) return null;
  return (
    <Notice tone="persimmon" title={t("title")}>
      <div className="stack">
        <p>{t("body", { count })}</p>
        <ButtonLink href="/farm/listings#consents" wide>
          {t("answer")}
        </ButtonLink>
      </div>
    </Notice>
  );
}

export default function FarmPage() {
  const { totals, sales, next, asked, bringing, selling, move, now, isEasy } =
    useLoaderData<typeof loader>();
  const t = useTranslations("farm");
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      <Asked count={asked} />
      {move && <MoveNotice move={move} />}
      <Bring bringing={bringing} />
      <WaitingPhotos />
      <div className="text-center">
        <ButtonLink href="/farm/listings/new" variant="buy" wide>
          <span className="py-2 text-2xl">{t("home.new")}</span>
        </ButtonLink>
        <p className="hint">{t("home.newHint")}</p>
      </div>
      <Owed totals={totals} next={next} />
      <Sells selling={selling} now={now} />
      <Card title={t("home.last")}>
        {sales.length === 0 ? (
          <p>{t("home.none")}</p>
        ) : (
          <ul>
            {sales.map((sale) => (
              <LastSale key={`${sale.orderLineId}${sale.reliefCode}`} sale={sale} />
            ))}
          </ul>
        )}
        <ButtonLink href="/farm/earnings" variant="quiet" wide>
          {t("home.all")}
        </ButtonLink>
      </Card>
      <ButtonLink href="/farm/listings" variant="quiet" wide>
        {t("home.listings")}
      </ButtonLink>
      <EasyModeForm isEasy={isEasy} to="/farm" />
    </div>
  );
}
