import { type Draw, sendMessage } from "#app/domain/messages/send-message.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";
import { drawMessage } from "./draw-message.ts";
import { drawQuestion } from "./draw-question.ts";

/** Sends a message that was queued. Throws, to be tried again, when the provider is away. */
export async function sendMessageJob(
  { db, sms, publicUrl }: Pick<Services, "db" | "sms" | "publicUrl">,
  { messageId }: Jobs["send-message"],
): Promise<void> {
  const draw: Draw = ({ template, params, locale }) =>
    template === "consent.asked" || template === "consent.asked-by-link"
      ? drawQuestion({ db, publicUrl }, String(params.listingId), locale)
      : drawMessage({ template, params, locale });
  const sent = await sendMessage({ db, sms, draw }, { messageId });
  if (!sent.ok && sent.reason === "try-again") {
    throw new Error(`message ${messageId} was not sent`);
  }
}
