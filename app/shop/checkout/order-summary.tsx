import { useLocale, useTranslations } from "use-intl";
import type { Quote } from "#app/domain/orders/quote-order.ts";
import type { FreightChange, LineChange } from "#app/domain/orders/shown-lines.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatGrams, unitWords } from "#app/i18n/unit-words.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { useChangeWords } from "./change-words.ts";

export type GoodQuote = Extract<Quote, { ok: true }>;

/** Parcel by parcel what is bought, what it weighs, what carrying it costs, and the sum. */
export function OrderSummary({
  quote,
  changes,
  freightChanges,
}: {
  quote: GoodQuote;
  changes: readonly LineChange[];
  freightChanges: readonly FreightChange[];
}) {
  const t = useTranslations("shop.checkout");
  const freight = useTranslations("freight.checkout");
  const words = useTranslations("words");
  const locale = useLocale();
  const unitOf = unitWords((unit) => words(`unit.${unit}`), locale);
  const wordsOf = useChangeWords();
  const changeOf = (listingId: string) => {
    const price = quote.problems.find((problem) => problem.listingId === listingId);
    const change = changes.find((each) => each.listingId === listingId);
    return [
      price?.kind === "price-changed" &&
        t("wasPrice", { old: formatFen(price.seenFen), now: formatFen(price.priceFen) }),
      change && wordsOf(change),
    ].filter((text) => typeof text === "string");
  };
  const freightChangeOf = (cooperativeId: string) =>
    freightChanges
      .filter((change) => change.cooperativeId === cooperativeId)
      .map(({ seenFen, fen }) => freight("was", { old: formatFen(seenFen), now: formatFen(fen) }));
  return (
    <Card title={t("summary")}>
      {quote.parcels.map(({ cooperative, lines, weightGrams, freightFen }) => (
        <section key={cooperative.id}>
          <h3>{pick(locale, cooperative.nameZh, cooperative.nameEn)}</h3>
          <ul>
            {lines.map((line) => (
              <Row
                key={line.listingId}
                label={`${pick(locale, line.titleZh, line.titleEn)} × ${line.quantity}`}
                offer={`${words(`grade.${line.grade as "first"}`)} · ${formatFen(line.priceFen)} / ${unitOf(line.unit, line.unitGrams)}`}
                details={changeOf(line.listingId)}
                shipsFrom={line.shipsFrom}
                fen={line.lineFen}
              />
            ))}
            <Row
              label={t("freightOf", { weight: formatGrams(weightGrams, locale) })}
              details={freightChangeOf(cooperative.id)}
              fen={freightFen}
              missing={t("freightUnknown")}
            />
          </ul>
        </section>
      ))}
      <ul className="border-t border-line pt-3">
        <Row label={t("produceSum")} fen={quote.produceFen} />
        <Row label={t("freightSum")} fen={quote.freightFen} missing={t("freightUnknown")} />
      </ul>
      <p
        className="flex flex-wrap items-baseline justify-between gap-x-4 font-bold"
        aria-live="polite"
      >
        <span className="wrap-break-word">{t("total")}</span>
        {quote.totalFen === null ? (
          <span className="text-right text-earth">{t("freightUnknown")}</span>
        ) : (
          <span className="price text-2xl">
            <Money fen={quote.totalFen} />
          </span>
        )}
      </p>
    </Card>
  );
}

type RowProps = {
  label: string;
  offer?: string;
  details?: string[];
  shipsFrom?: string | null;
  fen: number | null;
  missing?: string;
};

function Row({ label, offer, details = [], shipsFrom = null, fen, missing }: RowProps) {
  return (
    <li className="flex justify-between gap-4 py-1">
      <span className="wrap-break-word">
        {label} <ShipsFrom day={shipsFrom} />
        {offer && <span className="block text-sm text-earth">{offer}</span>}
        {details.map((detail) => (
          <span key={detail} className="block text-sm font-bold text-red">
            {detail}
          </span>
        ))}
      </span>
      {fen === null ? (
        <span className="text-right text-earth">{missing}</span>
      ) : (
        <Money fen={fen} />
      )}
    </li>
  );
}
