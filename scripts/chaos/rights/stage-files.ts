import { type Kysely, sql } from "kysely";
import sharp from "sharp";
import { v7 as uuidv7 } from "uuid";
import { enterCertificate } from "#app/domain/certificates/enter-certificate.ts";
import { keepImport } from "#app/domain/imports/keep-import.ts";
import { keepAnswers } from "#app/domain/payouts/answers/keep-answers.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { DB } from "#db/schema.d.ts";
import type { Things } from "./stage.ts";

type Of = { listingId: string; orderId: string; claimId: string };

/** Files that a cooperative has sent in, a pool, a certificate, and photos of a claim and of a scale. */
export async function stageFiles(
  db: Kysely<DB>,
  scope: CoopScope,
  photos: Pick<PhotoStore, "put">,
  { listingId, orderId, claimId }: Of,
): Promise<Things> {
  const { cooperativeId, userId } = scope;
  const file = { clientKey: uuidv7(), rows: [] };
  const { importId } = await keepImport(db, scope, { ...file, kind: "prices" });
  const { answersId } = await keepAnswers(db, scope, file);
  const entered = await enterCertificate(db, scope, {
    ...{ listingId, kind: "pledge", number: "CN-2026-0001" },
    validUntil: new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10),
  });
  if (!entered.ok) throw new Error(entered.reason);
  const { rows } = await sql<{ poolId: string; certificateId: string }>`
    select (select id from listings where cooperative_id = ${cooperativeId} and is_pooled
        and status <> 'draft' order by id limit 1) as "poolId",
      (select id from listing_certificates where listing_id = ${listingId} and kind = 'pledge'
        and removed_at is null) as "certificateId"`.execute(db);
  const photoId = uuidv7();
  const hash = photoId.replaceAll("-", "");
  const picture = { width: 4, height: 3, channels: 3, background: "green" } as const;
  await photos.put(
    `masters/${hash}`,
    await sharp({ create: picture }).jpeg().toBuffer(),
    "image/jpeg",
  );
  const shown = { id: photoId, content_hash: hash, width: 4, height: 3 };
  await db
    .insertInto("claim_photos")
    .values({ ...shown, order_id: orderId, claim_id: claimId })
    .execute();
  await db
    .insertInto("weigh_in_photos")
    .values({ ...shown, cooperative_id: cooperativeId, uploaded_by: userId })
    .execute();
  return { importId, answersId, photoId, ...rows[0], format: "csv" };
}
