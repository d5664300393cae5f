import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { ArrivingPhotos } from "#app/gateways/arriving-photos.ts";
import type { DB } from "#db/schema.d.ts";
import {
  EMPTY_UPLOAD_LIVES_MS,
  MAX_BYTES_TO_BEGIN,
  MAX_OPEN_UPLOADS,
  MAX_PHOTO_BYTES,
  MAX_UPLOADS_A_DAY,
  QUIET_UPLOAD_MS,
} from "./photo-rules.ts";
import { type PhotoUpload, readUpload } from "./read-upload.ts";

export type BegunUpload =
  | { ok: true; upload: PhotoUpload }
  | {
      ok: false;
      reason:
        | "photo-empty"
        | "photo-too-large"
        | "photo-store-full"
        | "upload-differs"
        | "too-many-uploads"
        | "too-many-uploads-today";
    };

/**
 * Begins a photo that will come in pieces of `length` bytes in all, for a draft or for none. The
 * same key of the same household is the same upload, for 24 hours; while nothing has come of it, for
 * ten minutes, and then it holds no place any more. Fails with "photo-empty" and
 * "photo-too-large" (20 MB), "upload-differs" when the key stands for another length,
 * "too-many-uploads" (15 that this person began and that are not whole: a manager's take none of
 * the household's places; but of those that had no piece for 15 minutes the quietest makes room, its
 * pieces are thrown away, and who goes on with it begins it anew), "too-many-uploads-today" (300 that this person began for the household
 * within a day, refused ones too: what is written down here is bounded by who farms), and
 * "photo-store-full" when 1.5 GB of pieces lie on the disk: what
 * somebody only says will come takes no room from the others. Locks the household's row, for the
 * key, then the person's: two at once are counted one by one.
 */
export async function beginUpload(
  db: Kysely<DB>,
  arriving: Pick<ArrivingPhotos, "size" | "lastCameAt" | "remove">,
  scope: SellerScope,
  { key, length, draftId }: { key: string; length: number; draftId: string | null },
): Promise<BegunUpload> {
  let dropped: string | undefined;
  if (length === 0) return { ok: false, reason: "photo-empty" };
  if (length > MAX_PHOTO_BYTES) return { ok: false, reason: "photo-too-large" };
  const { householdId, userId } = scope;
  const begun = await db.transaction().execute(async (trx): Promise<BegunUpload> => {
    await trx
      .selectFrom("households")
      .select("id")
      .where("id", "=", householdId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const known = await readUpload(trx, scope, key);
    if (known && known.length !== length) return { ok: false, reason: "upload-differs" };
    if (known) return { ok: true, upload: known };
    await sql`select from auth."user" where id = ${userId} for no key update`.execute(trx);
    const open = await readOpen(trx, userId);
    const quietest = open.length >= MAX_OPEN_UPLOADS ? await quietestOf(arriving, open) : undefined;
    if (open.length >= MAX_OPEN_UPLOADS && !quietest) {
      return { ok: false, reason: "too-many-uploads" };
    }
    const today = await countToday(trx, scope);
    if (today >= MAX_UPLOADS_A_DAY) return { ok: false, reason: "too-many-uploads-today" };
    if ((await arriving.size()) >= MAX_BYTES_TO_BEGIN) {
      return { ok: false, reason: "photo-store-full" };
    }
    if (quietest) await trx.deleteFrom("photo_uploads").where("id", "=", quietest).execute();
    dropped = quietest;
    const upload = {
      ...{ id: uuidv7(), key, length, draftId, photoId: null, refusedReason: null },
      expiresAt: new Date(Date.now() + EMPTY_UPLOAD_LIVES_MS),
    };
    await trx
      .deleteFrom("photo_uploads") // one too old that the sweeper has not met
      .where("household_id", "=", householdId)
      .where("key", "=", key)
      .execute();
    await trx
      .insertInto("photo_uploads")
      .values({
        ...{ household_id: householdId, begun_by: userId },
        ...{ id: upload.id, key, length, draft_id: draftId, expires_at: upload.expiresAt },
      })
      .execute();
    return { ok: true, upload };
  });
  // Only now: what is rolled back keeps its pieces.
  if (dropped) await arriving.remove(dropped);
  return begun;
}

/** Of uploads that are not whole, the one longest without a piece, if that is long enough. */
async function quietestOf(
  arriving: Pick<ArrivingPhotos, "lastCameAt">,
  open: readonly { id: string; created_at: Date }[],
): Promise<string | undefined> {
  const since = await Promise.all(
    open.map(async ({ id, created_at }) => ({
      id,
      at: Number((await arriving.lastCameAt(id)) ?? created_at),
    })),
  );
  const [quietest] = since.sort((one, other) => one.at - other.at);
  return quietest && quietest.at <= Date.now() - QUIET_UPLOAD_MS ? quietest.id : undefined;
}

async function readOpen(trx: Transaction<DB>, userId: string) {
  return trx
    .selectFrom("photo_uploads")
    .select(["id", "created_at"])
    .where("begun_by", "=", userId)
    .where("photo_id", "is", null)
    .where("refused_reason", "is", null)
    .where("expires_at", ">", new Date())
    .execute();
}

async function countToday(
  trx: Transaction<DB>,
  { householdId, userId }: SellerScope,
): Promise<number> {
  const { today } = await trx
    .selectFrom("photo_uploads")
    .select(({ fn }) => fn.countAll<number>().as("today"))
    .where("household_id", "=", householdId)
    .where("begun_by", "=", userId)
    .where("expires_at", ">", new Date())
    .executeTakeFirstOrThrow();
  return Number(today);
}
