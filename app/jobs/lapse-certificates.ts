import { lapseCertificates } from "#app/domain/certificates/lapse-certificates.ts";
import type { Services } from "#app/load-context.ts";

/** At the day's beginning in Shanghai: what ended with the day before is no filter's any more. */
export async function lapseCertificatesJob({
  db,
  log,
}: Pick<Services, "db" | "log">): Promise<void> {
  const { listings } = await lapseCertificates(db);
  if (listings > 0) log.info({ listings }, "certificates lapsed");
}
