import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { LONGEST_WORDS } from "./claim-rules.ts";
import type { ClaimState } from "./claim-states.ts";

export type Sending = {
  parcelId: string;
  /** Made with the form: sent twice, it is one claim. */
  clientKey: string;
  lines: readonly { orderLineId: string; percent: number }[];
  words: string;
  /** Kept before (keep-claim-photo.ts). */
  photoIds: readonly string[];
};

type Sent = {
  id: string;
  state: ClaimState;
  words: string;
  percents: Record<string, number>;
  hasAllPhotos: boolean;
};

/** As a claim keeps them. */
export const wordsOf = ({ words }: Pick<Sending, "words">) => words.slice(0, LONGEST_WORDS);

/**
 * The claim that this form has sent already, and whether it says all that is sent now: the same
 * shares of the same lines, the same words, and no photo that it does not have. A photo is known by
 * its bytes: one that is in a claim is kept anew when the form comes again. Fewer photos, or none,
 * take nothing away from her. Locks nothing.
 */
export async function readSentClaim(
  trx: DbTransaction<DB>,
  sending: Sending,
): Promise<{ claimId: string; state: ClaimState; isSame: boolean } | undefined> {
  const { parcelId, clientKey, lines, photoIds } = sending;
  const { rows } = await sql<Sent>`
    select c.id, c.state, c.words, (
        select jsonb_object_agg(x.order_line_id, x.percent) from claim_lines x
        where x.claim_id = c.id) as percents,
      not exists (select from claim_photos p where p.id::text = any(${photoIds}::text[])
        and p.claim_id is distinct from c.id
        and not exists (select from claim_photos own
          where own.claim_id = c.id and own.content_hash = p.content_hash)) as "hasAllPhotos"
    from claims c where c.parcel_id = ${parcelId} and c.client_key = ${clientKey}`.execute(trx);
  const [sent] = rows;
  if (!sent) return;
  const isSame =
    sent.hasAllPhotos &&
    sent.words === wordsOf(sending) &&
    Object.keys(sent.percents).length === lines.length &&
    lines.every(({ orderLineId, percent }) => sent.percents[orderLineId] === percent);
  return { claimId: sent.id, state: sent.state, isSame };
}
