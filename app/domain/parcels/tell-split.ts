import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { buyerAddressee, CONFIRMED_BUYER } from "../messages/buyer-addressee.ts";
import { queueMessage } from "../messages/queue-message.ts";

/** A message is short; of more than these it says that there is more. */
const MOST_TITLES = 2;

type Told = {
  number: string;
  locale: "zh" | "en";
  userId: string | null;
  address: unknown;
  promisedOn: string;
  goods: { zh: string; en: string; units: number }[];
};

/**
 * Owes the buyer one text message that a part of her parcel comes later: what, why, and by which day it
 * leaves. Locks nothing.
 */
export async function tellSplit(
  trx: Transaction<DB>,
  { splitId, note }: { splitId: string; note?: { zh: string; en: string } },
): Promise<void> {
  const { rows } = await sql<Told>`
    select orders.number, orders.locale, orders.address, ${CONFIRMED_BUYER} as "userId",
      s.promised_on::text as "promisedOn", (
        select jsonb_agg(jsonb_build_object('zh', l.title_zh, 'en', l.title_en, 'units', m.units)
          order by l.id)
        from split_lines m join order_lines l on l.id = m.rest_line_id where m.split_id = s.id
      ) as goods
    from parcel_splits s join orders on orders.id = s.order_id where s.id = ${splitId}`.execute(
    trx,
  );
  const [told] = rows;
  if (!told) throw new Error(`split ${splitId} is gone`);
  const { number, locale, promisedOn, goods } = told;
  const names = goods.map(({ zh, en, units }) =>
    locale === "zh" ? `${zh}×${units}` : `${en || zh} × ${units}`,
  );
  const said = names.slice(0, MOST_TITLES).join(locale === "zh" ? "、" : ", ");
  const params = {
    ...{ number, day: promisedOn, note: note?.[locale] ?? "" },
    goods: names.length > MOST_TITLES ? `${said}…` : said,
  };
  const to = buyerAddressee(told);
  await queueMessage(trx, {
    to,
    template: "parcel.split",
    params,
    key: `split:${splitId}`,
    locale,
  });
}
