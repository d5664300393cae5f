import { z } from "zod";
import { decodeText } from "#app/domain/sheets/decode-text.ts";
import { type ErrorKey, readForm } from "./read-form.ts";

/** Below what a form may have in all (security/body-limits.ts). */
const MOST_BYTES = 900_000;

const fields = z.object({ clientKey: z.uuid() });

type Read<Row, Reason> = { ok: true; rows: Row[] } | { ok: false; reason: Reason };
type Sent<Row> =
  | { ok: true; clientKey: string; rows: Row[] }
  | { ok: false; errors: { file?: ErrorKey; clientKey?: ErrorKey } };

/**
 * The text file of a form, as far as `read` understands it; what is wrong with it is said beside it, by
 * the key that `wrongs` has for it.
 */
export async function readTextFile<Row, Reason extends string>(
  request: Request,
  read: (text: string) => Read<Row, Reason>,
  wrongs: Record<Reason | "none" | "not-a-table", ErrorKey>,
): Promise<Sent<Row>> {
  const form = await request.formData().catch(() => new FormData());
  const key = await readForm(form, fields);
  const file = form.get("file");
  const refuse = (error: ErrorKey): Sent<Row> => ({ ok: false, errors: { file: error } });
  if (!(file instanceof File) || file.size === 0) return refuse(wrongs.none);
  if (file.size > MOST_BYTES) return refuse("answers-too-large");
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (text === null) return refuse(wrongs["not-a-table"]);
  const understood = read(text);
  if (!understood.ok) return refuse(wrongs[understood.reason]);
  if (!key.ok) return { ok: false, errors: { clientKey: "invalid" } };
  return { ok: true, clientKey: key.value.clientKey, rows: understood.rows };
}
