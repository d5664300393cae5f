import { useLocale, useTranslations } from "use-intl";
import type { Consent } from "#app/domain/consents/read-consents.ts";
import { splitLine } from "#app/domain/orders/split-line.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { fenPerJin, formatDate, formatDateTime, formatFen } from "#app/ui/format.ts";
import { Money, PerJin } from "#app/ui/money.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

/** What was listed for her, all that her yes binds her to, with what is hers of it. */
export function Offered({ consent }: { consent: Consent }) {
  const t = useTranslations("consent.question");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const words = useTranslations("words");
  const { priceFen, unit, unitGrams, quantity, feeBasisPoints, photos } = consent;
  const { titleZh, titleEn, shipsFrom: day } = consent;
  const { shareFen } = splitLine({ lineFen: priceFen, feeBasisPoints, quantities: [1] });
  return (
    <div className="flex flex-wrap gap-3">
      <ul className="w-[min(6.5rem,100%)] shrink-0 stack">
        {photos.map((photo, index) => (
          <li key={photo.id} className="thumb">
            <Picture
              photo={photo}
              alt={t("photo", { number: index + 1 })}
              sizes="30vw"
              waitingText={t("waiting")}
            />
          </li>
        ))}
      </ul>
      <div className="min-w-0 flex-1 basis-40">
        <p className="text-xl font-bold">{pick(locale, consent.titleZh, consent.titleEn)}</p>
        {titleEn !== "" && titleEn !== titleZh && (
          <p>{locale === "en" ? t("name", { title: titleZh }) : t("nameEn", { title: titleEn })}</p>
        )}
        <p>{t("crop", { crop: pick(locale, consent.categoryZh, consent.categoryEn) })}</p>
        <p>{t("grade", { grade: words(`grade.${consent.grade}`) })}</p>
        <p>
          <Money fen={priceFen} /> / {unitWords(unit, unitGrams)}{" "}
          <PerJin fenPerJin={fenPerJin(priceFen, unitGrams)} />
        </p>
        <p>{t("quantity", { quantity })}</p>
        <p>{t("harvested", { day: formatDate(consent.harvestedOn, locale) })}</p>
        {day === null ? (
          <>
            <p>{t("now")}</p>
            <p>{t("more", { most: consent.mostOnSale })}</p>
          </>
        ) : (
          <p className="font-bold">
            {t("presale", { day: formatDate(day, locale), limit: consent.presaleLimit ?? 0 })}
          </p>
        )}
        <p className="font-bold text-leaf-dark">
          {t("yours", { amount: formatFen(shareFen[0] ?? 0) })}
        </p>
      </div>
    </div>
  );
}

/** Who has listed it, and that nothing happens without her. */
export function Intro({ consent: { cooperativeZh, cooperativeEn } }: { consent: Consent }) {
  const t = useTranslations("consent.question");
  const cooperative = pick(useLocale(), cooperativeZh, cooperativeEn);
  return <p>{t("intro", { cooperative })}</p>;
}

/** The question itself: until when, and the two answers. */
export function Question({ consent, action }: { consent: Consent; action: string }) {
  const t = useTranslations("consent.question");
  const locale = useLocale();
  return (
    <>
      <Offered consent={consent} />
      <p>{t("until", { at: formatDateTime(consent.expiresAt, locale) })}</p>
      <form method="post" action={action} className="stack">
        <Button variant="buy" wide name="answer" value="agreed">
          {t("agree")}
        </Button>
        <Button variant="quiet" wide name="answer" value="refused">
          {t("refuse")}
        </Button>
      </form>
    </>
  );
}
