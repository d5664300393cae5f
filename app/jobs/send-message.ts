import { sendMessage } from "#app/domain/messages/send-message.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";
import { drawMessage } from "./draw-message.ts";

/** Sends a message that was queued. Throws, to be tried again, when the provider is away. */
export async function sendMessageJob(
  { db, sms }: Pick<Services, "db" | "sms">,
  { messageId }: Jobs["send-message"],
): Promise<void> {
  const sent = await sendMessage({ db, sms, draw: drawMessage }, { messageId });
  if (!sent.ok && sent.reason === "try-again") {
    throw new Error(`message ${messageId} was not sent`);
  }
}
