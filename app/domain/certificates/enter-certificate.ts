import type { Kysely, Transaction } from "kysely";
import { sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { queueIndexing } from "../queue/queue-job.ts";
import {
  type CertificateProblem,
  certificateNumber,
  certificateProblem,
  type EnteredCertificate,
} from "./certificate-rule.ts";

export type CertificateEntered =
  | { ok: true }
  | { ok: false; reason: "listing-unknown" }
  | ({ ok: false; reason: "certificate-invalid" } & CertificateProblem);

/**
 * Enters what a listing of the cooperative is certified for, until the end of the day `validUntil`
 * ("2027-05-31" in Shanghai). One of a kind counts: another one takes its place, which stays in the
 * history. The same one again changes nothing. Noted in the audit log, queued to be indexed. Fails
 * with `listing-unknown` (also for another cooperative's, and for what is withdrawn or a draft) and
 * `certificate-invalid` with the field and what is wrong with it. Locks the listing.
 */
export async function enterCertificate(
  db: Kysely<DB>,
  scope: CoopScope,
  { listingId, ...typed }: EnteredCertificate & { listingId: string },
): Promise<CertificateEntered> {
  const entered = { ...typed, number: certificateNumber(typed.number) };
  const problem = certificateProblem(entered, shanghaiDay(new Date()));
  if (problem) return { ok: false, reason: "certificate-invalid", ...problem };
  return db.transaction().execute(async (trx) => {
    if (!(await lockCoopListing(trx, scope, listingId))) {
      return { ok: false, reason: "listing-unknown" };
    }
    const { kind, number, validUntil } = entered;
    const before = await trx
      .selectFrom("listing_certificates")
      .select(["id", "number", "valid_until as validUntil"])
      .where("listing_id", "=", listingId)
      .where("kind", "=", kind)
      .where("removed_at", "is", null)
      .executeTakeFirst();
    if (before?.number === number && before.validUntil === validUntil) return { ok: true };
    if (before) await takeOff(trx, scope, before.id);
    const id = uuidv7();
    await trx
      .insertInto("listing_certificates")
      .values({
        ...{ id, listing_id: listingId, kind, number },
        ...{ valid_until: validUntil, entered_by: scope.userId },
      })
      .execute();
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "certificate.entered" },
      subject: { type: "listing", id: listingId },
      ...(before && { before: { certificateId: before.id } }),
      after: { certificateId: id, kind, number, validUntil },
    });
    await queueIndexing(trx, listingId);
    return { ok: true };
  });
}

/**
 * Takes a certificate off a listing of the cooperative; it stays in the history. Again, it changes
 * nothing. Noted in the audit log, queued to be indexed. Fails with `certificate-unknown`, also for
 * another cooperative's. Locks the listing.
 */
export async function removeCertificate(
  db: Kysely<DB>,
  scope: CoopScope,
  { listingId, certificateId }: { listingId: string; certificateId: string },
): Promise<{ ok: true } | { ok: false; reason: "certificate-unknown" }> {
  if (!isUuid(certificateId)) return { ok: false, reason: "certificate-unknown" };
  return db.transaction().execute(async (trx) => {
    const isTheirs = await lockCoopListing(trx, scope, listingId);
    const certificate = await trx
      .selectFrom("listing_certificates")
      .select(["removed_at as removedAt"])
      .where("id", "=", certificateId)
      .where("listing_id", "=", isTheirs ? listingId : null)
      .executeTakeFirst();
    if (!certificate) return { ok: false, reason: "certificate-unknown" };
    if (certificate.removedAt) return { ok: true };
    await takeOff(trx, scope, certificateId);
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "certificate.removed", before: { certificateId } },
      subject: { type: "listing", id: listingId },
    });
    await queueIndexing(trx, listingId);
    return { ok: true };
  });
}

/** Two who enter one of a kind come one after the other; orders only need the row to stay. */
async function lockCoopListing(trx: Transaction<DB>, scope: CoopScope, listingId: string) {
  if (!isUuid(listingId)) return false;
  const listing = await trx
    .selectFrom("listings")
    .select("id")
    .where("id", "=", listingId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .where("status", "in", ["published", "paused"])
    .forNoKeyUpdate()
    .executeTakeFirst();
  return listing !== undefined;
}

async function takeOff(trx: Transaction<DB>, { userId }: CoopScope, id: string): Promise<void> {
  await trx
    .updateTable("listing_certificates")
    .set({ removed_at: sql<string>`now()`, removed_by: userId })
    .where("id", "=", id)
    .execute();
}
