import type { Kysely } from "kysely";
import type { SmsGateway } from "#app/gateways/sms.ts";
import { sendMessageJob } from "#app/jobs/send-message.ts";
import type { DB } from "#db/schema.d.ts";

/** Sends everything that is owed, as the worker would, oldest first. */
export async function sendMessages(db: Kysely<DB>, sms: SmsGateway): Promise<void> {
  const rows = await db
    .selectFrom("messages")
    .where("state", "in", ["queued", "limited"])
    .orderBy("id")
    .select("id")
    .execute();
  const services = { db, sms, publicUrl: "https://market.test" };
  for (const { id } of rows) await sendMessageJob(services, { messageId: id });
}
