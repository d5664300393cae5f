import { z } from "zod";
import { readTracking, type TrackingRow } from "#app/domain/parcels/tracking/read-tracking.ts";
import { decodeText } from "#app/domain/sheets/decode-text.ts";
import { type ErrorKey, readForm } from "#app/forms/read-form.ts";

/** Below what a form may have in all (security/body-limits.ts). */
const MOST_BYTES = 900_000;

const fields = z.object({ clientKey: z.uuid() });

const wrongs = {
  "not-a-table": "answers-not-a-table",
  "no-columns": "tracking-no-columns",
  "no-rows": "tracking-no-rows",
  "too-many-rows": "tracking-too-many-rows",
} as const satisfies Record<string, ErrorKey>;

type Sent =
  | { ok: true; clientKey: string; rows: TrackingRow[] }
  | { ok: false; errors: { file?: ErrorKey; clientKey?: ErrorKey } };

/** The file of a form, as far as it can be understood; what is wrong with it is said beside it. */
export async function readTrackingFile(request: Request): Promise<Sent> {
  const form = await request.formData().catch(() => new FormData());
  const key = await readForm(form, fields);
  const file = form.get("file");
  const wrong = (error: ErrorKey) => ({ ok: false, errors: { file: error } }) as const;
  if (!(file instanceof File) || file.size === 0) return wrong("tracking-none");
  if (file.size > MOST_BYTES) return wrong("answers-too-large");
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === null) return wrong("answers-not-a-table");
  const read = readTracking(text);
  if (!read.ok) return wrong(wrongs[read.reason]);
  if (!key.ok) return { ok: false, errors: { clientKey: "invalid" } };
  return { ok: true, clientKey: key.value.clientKey, rows: read.rows };
}
