import { noteAsked, readQuestion } from "#app/domain/consents/ask-consent.ts";
import { makeConsentLink } from "#app/domain/consents/consent-links.ts";
import { CONSENT_HOURS } from "#app/domain/consents/consent-rules.ts";
import type { Drawn } from "#app/domain/messages/send-message.ts";
import { translator } from "#app/i18n/translate.ts";
import type { Services } from "#app/load-context.ts";

const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`;

/**
 * The question whether a household agrees to what was listed for it: crop, price, unit, quantity
 * and who listed it, nothing else; null when it was asked, has answered or is out of time. The link
 * opens the question, so it is made here and kept nowhere: what is recorded ends before it.
 */
export async function drawQuestion(
  { db, publicUrl }: Pick<Services, "db" | "publicUrl">,
  listingId: string,
): Promise<Drawn | null> {
  const question = await readQuestion(db, listingId);
  if (!question) return null;
  const { unit, unitGrams, takesWords } = question;
  const t = translator("zh", "consent");
  const words = {
    cooperative: question.cooperativeZh,
    title: question.titleZh,
    price: t("smsPrice", {
      price: yuan(question.priceFen),
      unit: translator("zh", "words")(`unit.${unit}`),
      grams: unit === "bag" || unit === "head" ? String(unitGrams) : "no",
    }),
    quantity: question.quantity,
  };
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
