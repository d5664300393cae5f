import { type Kysely, sql } from "kysely";
import { takeKept } from "#app/domain/sheets/take-kept.ts";
import type { DB } from "#db/schema.d.ts";
import { type ComparedRow, compareRows } from "./judge-tracking.ts";
import { shipRows } from "./ship-rows.ts";
import { isWrong, type TrackingVerdict } from "./verdicts.ts";

/**
 * Takes a table of tracking numbers that somebody has started, as take-kept.ts does; one of more than
 * `mostLines` is left to the worker. When whoever started it packs for the cooperative no more, it
 * stops there.
 */
export async function takeTracking(
  db: Kysely<DB>,
  { fileId, now = new Date(), mostLines }: { fileId: string; now?: Date; mostLines?: number },
): Promise<void> {
  await takeKept<ComparedRow, TrackingVerdict>(
    db,
    { id: fileId, now, mostLines },
    {
      ...{ table: "tracking_files", subject: "tracking-file", counted: "shipped", right: "pack" },
      ...{ isTaken: sql<boolean>`o #>> '{}' = 'ship'`, atOnce: 500 },
      isWrong: (verdict) => isWrong({ verdict }),
      readAll: compareRows,
      take: shipRows,
    },
  );
}
