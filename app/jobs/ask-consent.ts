import { noteAsked, readQuestion } from "#app/domain/consents/ask-consent.ts";
import { makeConsentLink } from "#app/domain/consents/consent-links.ts";
import { CONSENT_HOURS } from "#app/domain/consents/consent-rules.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import { translator } from "#app/i18n/translate.ts";
import type { Services } from "#app/load-context.ts";

const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`;

/**
 * Asks a household by text message whether it agrees to what was listed for it: crop, price, unit,
 * quantity and who listed it, nothing else. The link in it opens the question, so it is made here
 * and kept nowhere: what is recorded ends before it. Throws, to be tried again, when no message
 * can be sent.
 */
export async function askConsentJob(
  { db, sms, publicUrl }: Pick<Services, "db" | "sms" | "publicUrl">,
  { listingId }: Jobs["ask-consent"],
): Promise<void> {
  const question = await readQuestion(db, listingId);
  if (!question) return;
  const { phone, unit, unitGrams, takesWords } = question;
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
  const sent = await sms.send({
    ...{ to: phone, text: textWith(`${publicUrl}/consent/${token}`), locale: "zh" },
    template: takesWords ? "consent.asked" : "consent.asked-by-link",
    // A provider's template has the link's beginning in its own words: a value must be no address.
    values: [...Object.values(words).map(String), token],
    reference: listingId,
  });
  if (!sent.ok) throw new Error(`the household was not asked about listing ${listingId}`);
  const text = textWith(`${publicUrl}/consent/…`);
  await noteAsked(db, { listingId, text, now: new Date() });
}
