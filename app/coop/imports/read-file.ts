import { z } from "zod";
import { importKinds } from "#app/domain/imports/columns.ts";
import { readTable } from "#app/domain/imports/read-table.ts";
import { type ImportRow, understand } from "#app/domain/imports/understand.ts";
import { type ErrorKey, readForm } from "#app/forms/read-form.ts";
import { readTableFile, unreadTable } from "#app/forms/read-table-file.ts";

const fields = z.object({ clientKey: z.uuid(), kind: z.enum(importKinds) });

const wrongs = {
  ...unreadTable,
  "no-columns": "import-no-columns",
  "no-rows": "import-no-rows",
} as const satisfies Record<string, ErrorKey>;

type Sent =
  | ({ ok: true; rows: ImportRow[] } & z.output<typeof fields>)
  | {
      ok: false;
      kind?: string;
      errors: { file?: ErrorKey; kind?: ErrorKey; clientKey?: ErrorKey };
    };

/** The file of a form, as far as it can be understood; what is wrong with it is said beside it. */
export async function readImportFile(request: Request): Promise<Sent> {
  const form = await request.formData().catch(() => new FormData());
  const sent = await readForm(form, fields);
  const { kind } = sent.values;
  const refuse = (errors: Extract<Sent, { ok: false }>["errors"]): Sent => ({
    ...{ ok: false, kind, errors },
  });
  const file = await readTableFile(form);
  if (!sent.ok && sent.errors.kind) return refuse({ kind: "required" });
  if (!file.ok) return refuse({ file: file.error });
  if (!sent.ok) return refuse({ clientKey: "invalid" });
  const table = await readTable(file.bytes);
  if (!table.ok) return refuse({ file: wrongs[table.reason] });
  const read = understand(sent.value.kind, table);
  if (!read.ok) return refuse({ file: wrongs[read.reason] });
  return { ok: true, rows: read.rows, ...sent.value };
}
