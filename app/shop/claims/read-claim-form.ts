import { z } from "zod";
import { LONGEST_WORDS, PERCENTS } from "#app/domain/claims/claim-rules.ts";
import type { ClaimableParcel } from "#app/domain/claims/read-claimable.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";

export const lineField = (orderLineId: string) => `line-${orderLineId}`;

type Asked = {
  clientKey: string;
  words: string;
  lines: { orderLineId: string; percent: number }[];
};

export type ReadClaimForm =
  | { ok: true; value: Asked; values: FormValues }
  | { ok: false; errors: FieldErrors; values: FormValues };

const percent = z
  .enum(["0", ...PERCENTS.map(String)], "choose")
  .optional()
  .default("0");

/** Reads which share of which line is spoiled: the parcel's own lines are asked about, whatever else is sent. */
export async function readClaimForm(
  form: FormData,
  { lines }: Pick<ClaimableParcel, "lines">,
): Promise<ReadClaimForm> {
  const shares = Object.fromEntries(lines.map(({ id }) => [lineField(id), percent]));
  const schema = z.object({
    clientKey: z.uuid(),
    words: z.string().trim().max(LONGEST_WORDS).optional().default(""),
    ...shares,
  });
  const read = await readForm(form, schema);
  const { values } = read;
  if (!read.ok) return { ok: false, errors: read.errors, values };
  const chosen = read.value as Record<string, string>;
  const asked = lines.flatMap(({ id }) => {
    const share = Number(chosen[lineField(id)]);
    return share > 0 ? [{ orderLineId: id, percent: share }] : [];
  });
  const errors: FieldErrors = {};
  for (const { orderLineId } of asked) {
    const line = lines.find(({ id }) => id === orderLineId);
    if (line?.isClaimed) errors[lineField(orderLineId)] = "claimTaken";
    else if (line?.leftFen === 0) errors[lineField(orderLineId)] = "claimGone";
  }
  const first = lines.find(({ isClaimed, leftFen }) => !isClaimed && leftFen > 0) ?? lines[0];
  if (asked.length === 0 && first) errors[lineField(first.id)] = "claimNothing";
  if (Object.keys(errors).length > 0) return { ok: false, errors, values };
  const { clientKey, words } = read.value;
  return { ok: true, value: { clientKey, words, lines: asked }, values };
}
