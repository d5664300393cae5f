import type { Kysely } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { noteAct } from "#app/domain/audit/note-act.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { fileKey } from "#app/domain/sheets/file-key.ts";
import type { DB } from "#db/schema.d.ts";
import { shipParcel } from "../ship-parcel.ts";
import { judgeTracking } from "./judge-tracking.ts";
import type { TrackingRow } from "./read-tracking.ts";
import type { JudgedRow, TrackingVerdict } from "./verdicts.ts";

/**
 * Keeps what was understood of a table of tracking numbers, so that what somebody looks at is what is
 * taken; no parcel changes. The same `clientKey` with the same rows again gives the same file's id;
 * other rows are another file (file-key.ts). Locks nothing but the key.
 */
export async function keepTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  { clientKey, rows }: { clientKey: string; rows: TrackingRow[] },
): Promise<{ fileId: string }> {
  const said = JSON.stringify(rows);
  const client_key = fileKey(clientKey, said);
  const own = { cooperative_id: scope.cooperativeId, client_key };
  const kept = { uploaded_by_user_id: scope.userId, rows: said };
  await db
    .insertInto("tracking_files")
    .values({ id: uuidv7(), ...own, ...kept })
    .onConflict((conflict) => conflict.columns(["cooperative_id", "client_key"]).doNothing())
    .execute();
  const { id } = await db
    .selectFrom("tracking_files")
    .select("id")
    .where("cooperative_id", "=", scope.cooperativeId)
    .where("client_key", "=", client_key)
    .executeTakeFirstOrThrow();
  return { fileId: id };
}

export type KeptTracking = { id: string; takenAt: Date | null; rows: JudgedRow[] };

/**
 * A table of the scope's cooperative, each line as it stands now, or once it is taken as it stood
 * then; null when unknown or another's. Locks nothing.
 */
export async function readKeptTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  fileId: string,
): Promise<KeptTracking | null> {
  if (!isUuid(fileId)) return null;
  const kept = await db
    .selectFrom("tracking_files")
    .select(["id", "rows", "outcome", "taken_at as takenAt"])
    .where("id", "=", fileId)
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirst();
  if (!kept) return null;
  // Only this file writes the columns.
  const now = await judgeTracking(db, scope, kept.rows as TrackingRow[]);
  const then = kept.outcome as TrackingVerdict[] | null;
  const rows = now.map((row, index) => ({ ...row, verdict: then?.[index] ?? row.verdict }));
  return { id: kept.id, takenAt: kept.takenAt, rows };
}

/**
 * Ships every parcel that a kept table has a number for and that can be shipped now, each by itself
 * (ship-parcel.ts); every other line changes nothing. Cut off halfway, or pressed by two at once, it
 * is taken again to the same end: what is shipped so already stays. Once taken it stays as it is.
 *
 * Fails with "file-not-found" (or another cooperative's). Locks parcel by parcel.
 */
export async function takeTracking(
  db: Kysely<DB>,
  scope: CoopScope,
  { fileId, now = new Date() }: { fileId: string; now?: Date },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: "file-not-found" }> {
  const kept = await readKeptTracking(db, scope, fileId);
  if (!kept) return { ok: false, reason: "file-not-found" };
  if (kept.takenAt) return { ok: true, isNew: false };
  const outcome: TrackingVerdict[] = [];
  for (const { verdict, parcel, carrier, trackingNumber } of kept.rows) {
    if (verdict !== "ship" || !parcel || !carrier || !trackingNumber) {
      outcome.push(verdict);
      continue;
    }
    const shipped = await shipParcel(db, scope, {
      ...{ parcelId: parcel.id, carrier, trackingNumber, now },
    });
    outcome.push(shipped.ok ? "ship" : meanwhile(shipped.reason));
  }
  return db.transaction().execute(async (trx) => {
    const noted = await trx
      .updateTable("tracking_files")
      .set({ taken_at: now, taken_by_user_id: scope.userId, outcome: JSON.stringify(outcome) })
      .where("id", "=", fileId)
      .where("taken_at", "is", null)
      .executeTakeFirst();
    if (noted.numUpdatedRows === 0n) return { ok: true, isNew: false } as const;
    const shipped = outcome.filter((verdict) => verdict === "ship").length;
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "tracking-file.taken" },
      subject: { type: "tracking-file", id: fileId },
      after: { shipped, lines: outcome.length },
    });
    return { ok: true, isNew: true } as const;
  });
}

type Refusal = Extract<Awaited<ReturnType<typeof shipParcel>>, { ok: false }>["reason"];

/** Why a parcel that could be shipped a moment ago cannot any more. */
function meanwhile(reason: Refusal): TrackingVerdict {
  const known = ["order-stopped", "parcel-cancelled", "shipped-otherwise", "pack-first"] as const;
  return known.find((each) => each === reason) ?? "unknown-order";
}
