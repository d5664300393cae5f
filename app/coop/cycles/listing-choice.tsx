import { useLocale, useTranslations } from "use-intl";
import type { CycleOffer } from "#app/domain/cycles/read-villages.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { gradedTitle } from "#app/ui/graded-title.ts";
import { Card } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

/** What a cycle sells: a tick for each of the cooperative's listings, its households' and pooled ones. */
export function ListingChoice({
  offers,
  chosen,
  error,
}: {
  offers: readonly CycleOffer[];
  chosen: readonly string[];
  error?: ErrorKey;
}) {
  const t = useTranslations("cycles.form");
  const errors = useTranslations("errors");
  return (
    <Card title={t("listings")} id="field-listing">
      <input type="hidden" name="choice" value="made" />
      <p className="hint">{t("listingsHint")}</p>
      {error && <p className="error">{errors(error)}</p>}
      {offers.length === 0 && <p>{t("noOffers")}</p>}
      <ul className="grid gap-x-6 md:grid-cols-2">
        {offers.map((offer) => (
          <Offer key={offer.id} offer={offer} isChosen={chosen.includes(offer.id)} />
        ))}
      </ul>
    </Card>
  );
}

function Offer({ offer, isChosen }: { offer: CycleOffer; isChosen: boolean }) {
  const t = useTranslations("cycles.form");
  const grades = useTranslations("words.grade");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const title = pick(locale, offer.titleZh, offer.titleEn);
  const unit = unitWords(offer.unit, offer.unitGrams);
  return (
    <li className="border-t border-line">
      <label className="flex min-h-11 items-center gap-3 py-2">
        <input
          className="size-6 shrink-0"
          type="checkbox"
          name="listing"
          value={offer.id}
          defaultChecked={isChosen}
        />
        <span className="min-w-0">
          <span className="font-bold">
            {gradedTitle(locale, title, grades(offer.grade as "first"))}
          </span>{" "}
          <span className="text-earth">
            {offer.headName ? (
              <span lang="zh-CN">{offer.headName}</span>
            ) : (
              t("pooled", { count: offer.households })
            )}{" "}
            · {t("left", { count: offer.available, unit })}
            {offer.isPaused && ` · ${t("paused")}`}
            {offer.soldInCycles && ` · ${t("inCycles")}`}
          </span>
        </span>
      </label>
    </li>
  );
}
