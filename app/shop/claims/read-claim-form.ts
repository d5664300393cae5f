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

/** What is wrong with it, and what it asks for: nothing where it cannot be understood. */
export type ReadClaimForm = { errors: FieldErrors; values: FormValues; asked: Asked };

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
  const { clientKey = "" } = values;
  if (!read.ok) return { errors: read.errors, values, asked: { clientKey, words: "", lines: [] } };
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
  return { errors, values, asked: { clientKey, words: read.value.words, lines: asked } };
}
