import { type Kysely, sql } from "kysely";
import { takeKept } from "#app/domain/sheets/take-kept.ts";
import type { DB } from "#db/schema.d.ts";
import type { ImportKind } from "./columns.ts";
import { workOf } from "./kinds.ts";

/**
 * Takes a table of stock, prices or offers that somebody has started, as take-kept.ts does. When
 * whoever started it may not sell for the households any more, it stops there.
 */
export async function takeImport(
  db: Kysely<DB>,
  { importId, now = new Date() }: { importId: string; now?: Date },
): Promise<void> {
  const kept = await db
    .selectFrom("imports")
    .select("kind")
    .where("id", "=", importId)
    .executeTakeFirst();
  if (!kept) return;
  // Only this folder writes the column.
  const { atOnce, take } = workOf(kept.kind as ImportKind);
  await takeKept(
    db,
    { id: importId, now },
    {
      ...{ table: "imports", subject: "import", counted: "taken", right: "sell" },
      ...{ isTaken: sql<boolean>`o ->> 'verdict' = 'take'`, atOnce, take },
      isWrong: ({ verdict }) => verdict === "wrong",
    },
  );
}
