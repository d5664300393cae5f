import { type ConsentQuestion, noteAsked, readQuestion } from "#app/domain/consents/ask-consent.ts";
import { makeConsentLink } from "#app/domain/consents/consent-links.ts";
import { CONSENT_HOURS } from "#app/domain/consents/consent-rules.ts";
import type { Drawn } from "#app/domain/messages/send-message.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { unitWords } from "#app/i18n/unit-words.ts";
import type { Services } from "#app/load-context.ts";

/** "2026-12-20" → "2026年12月20日" or "20 December 2026". */
const dayWords = (day: string, locale: Locale) =>
  new Intl.DateTimeFormat(locale === "zh" ? "zh-CN" : "en-GB", {
    ...{ dateStyle: "long", timeZone: "Asia/Shanghai" },
  }).format(new Date(`${day}T12:00:00+08:00`));
const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`;

/**
 * The question whether a household agrees to what was listed for it, in its language: who listed it,
 * and all that a yes binds it to (name in both languages, grade, price, unit, quantity, whether it is
 * a pre-sale, from when that ships and how much it promises at most), nothing else; null when it was
 * asked, has answered or is out of time. The link opens the question, so it is made here and kept
 * nowhere: what is recorded ends before it.
 */
export async function drawQuestion(
  { db, publicUrl }: Pick<Services, "db" | "publicUrl">,
  listingId: string,
  locale: Locale,
): Promise<Drawn | null> {
  const question = await readQuestion(db, listingId);
  if (!question) return null;
  const { takesWords } = question;
  const t = translator(locale, "consent");
  const words = wordsOf(question, locale);
  const textWith = (link: string) =>
    t("sms", { ...words, takesWords: takesWords ? "yes" : "no", hours: CONSENT_HOURS, link });
  const token = await makeConsentLink(db, listingId);
  return {
    text: textWith(`${publicUrl}/consent/${token}`),
    // A provider's template has the link's beginning in its own words: a value must be no address.
    values: [...Object.values(words).map(String), token],
    note: (trx, sentAt) =>
      noteAsked(trx, { listingId, text: textWith(`${publicUrl}/consent/…`), now: sentAt }),
  };
}

/** In the order in which a provider's own template numbers them. */
function wordsOf(question: ConsentQuestion, locale: Locale) {
  const { titleZh, titleEn, shipsFrom: day, presaleLimit: limit, mostOnSale: most } = question;
  const t = translator(locale, "consent");
  const word = translator(locale, "words");
  const unit = unitWords((name) => word(`unit.${name}`), locale)(question.unit, question.unitGrams);
  const isNamedTwice = titleEn !== "" && titleEn !== titleZh;
  return {
    cooperative: pick(locale, question.cooperativeZh, question.cooperativeEn),
    title: isNamedTwice ? t("smsTitle", { titleZh, titleEn }) : titleZh,
    grade: word(`grade.${question.grade}`),
    price: t("smsPrice", { price: yuan(question.priceFen), unit }),
    quantity: question.quantity,
    sale: day
      ? t("smsPresale", { day: dayWords(day, locale), limit: limit ?? 0 })
      : t("smsNow", { most }),
  };
}
