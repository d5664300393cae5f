import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { buyerAddressee, CONFIRMED_BUYER } from "../messages/buyer-addressee.ts";
import { queueMessage } from "../messages/queue-message.ts";
import type { Shown } from "./substitution-rule.ts";

type Told = {
  number: string;
  locale: "zh" | "en";
  userId: string | null;
  address: unknown;
  shown: Shown;
  answerBy: string;
};

/**
 * Owes the buyer one text message: what is not there, what is offered instead, what goes back to her
 * and until when she may answer on her order's page. Locks nothing.
 */
export async function tellSubstitute(trx: Transaction<DB>, substitutionId: string): Promise<void> {
  const { rows } = await sql<Told>`
    select orders.number, orders.locale, orders.address, ${CONFIRMED_BUYER} as "userId", s.shown,
      to_char(s.answer_by at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as "answerBy"
    from substitutions s join orders on orders.id = s.order_id
    where s.id = ${substitutionId}`.execute(trx);
  const [told] = rows;
  if (!told) throw new Error(`substitution ${substitutionId} is gone`);
  const { number, locale, shown, answerBy: until } = told;
  const named = ({ titleZh, titleEn }: { titleZh: string; titleEn: string }, units: number) =>
    locale === "zh" ? `${titleZh}×${units}` : `${titleEn || titleZh} × ${units}`;
  const params = {
    ...{ number, goods: named(shown.missing, shown.missing.units), until },
    ...{ offer: named(shown.offered, shown.offered.quantity), fen: shown.backFen },
  };
  const key = `substitute:${substitutionId}`;
  const to = buyerAddressee(told);
  await queueMessage(trx, { to, template: "parcel.substitute", params, key, locale });
}
