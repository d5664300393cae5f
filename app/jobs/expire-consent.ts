import { expireConsent } from "#app/domain/consents/answer-consent.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Takes a household's silence for a no. Safe to run twice, or after it has answered. */
export async function expireConsentJob(
  { db }: Pick<Services, "db">,
  { listingId }: Jobs["expire-consent"],
): Promise<void> {
  await expireConsent(db, listingId);
}
