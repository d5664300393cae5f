import { MOST_FILE_BYTES, type UnreadTable } from "#app/domain/imports/read-table.ts";
import type { ErrorKey } from "./read-form.ts";

/** What is said beside the field of a table that cannot be read. */
export const unreadTable = {
  "not-a-table": "import-not-a-table",
  "too-large": "import-too-large",
  "too-many-rows": "import-too-many-rows",
  "too-many-columns": "import-too-many-columns",
  "old-excel": "import-old-excel",
} as const satisfies Record<UnreadTable, ErrorKey>;

/** The bytes of a form's table, when there is one and it is not too large (read-table.ts reads them). */
export async function readTableFile(
  form: FormData,
): Promise<{ ok: true; bytes: Uint8Array } | { ok: false; error: ErrorKey }> {
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return { ok: false, error: "import-none" };
  if (file.size > MOST_FILE_BYTES) return { ok: false, error: "import-too-large" };
  return { ok: true, bytes: new Uint8Array(await file.arrayBuffer()) };
}
