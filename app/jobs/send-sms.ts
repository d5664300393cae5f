import { markRefundTold, readRefundNews } from "#app/domain/payments/tell-refund.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import { translator } from "#app/i18n/translate.ts";
import type { Services } from "#app/load-context.ts";

const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`;

/** Tells the buyer of a refund by text message, once. Throws, to be tried again, when none can be sent. */
export async function sendSms(
  { db, sms }: Pick<Services, "db" | "sms">,
  { refundId }: Jobs["send-sms"],
): Promise<void> {
  const news = await readRefundNews(db, refundId);
  if (!news) return;
  const { phone, locale, number, fen, reason, note } = news;
  const said = { number, fen: yuan(fen), note, hasNote: note === "" ? "no" : "yes" };
  const text = translator(locale, "sms")(`refund.${reason}`, said);
  const sent = await sms.send(phone, text);
  if (!sent.ok) throw new Error(`the message about refund ${refundId} was not sent`);
  await markRefundTold(db, refundId);
}
