import type { SQLInputValue } from "node:sqlite";
import type { Store } from "../store.ts";
import { noSuch } from "./errors.ts";
import type { Kind } from "./keep.ts";
import { hash, integer, listOf, oneOf, optional, type Rule, text } from "./rules.ts";
import { show } from "./show.ts";

const Moment = integer(0, 99_999_999_999);
const Range = hash({
  gt: optional(Moment),
  gte: optional(Moment),
  lt: optional(Moment),
  lte: optional(Moment),
});
const created: Rule<ReturnType<typeof Range>> = (value, param) =>
  typeof value === "string"
    ? { gte: Moment(value, param), lte: Moment(value, param) }
    : Range(value, param);

const Pages = {
  created: optional(created),
  ending_before: optional(text()),
  expand: optional(listOf(text())),
  limit: optional(integer(1, 100)),
  starting_after: optional(text()),
};

export const ListParams = {
  "checkout.session": hash(
    {
      ...Pages,
      payment_intent: optional(text()),
      status: optional(oneOf("complete", "expired", "open")),
    },
    ["customer", "customer_account", "customer_details", "payment_link", "subscription"],
  ),
  payment_intent: hash(Pages, ["customer", "customer_account"]),
  charge: hash({ ...Pages, payment_intent: optional(text()) }, ["customer", "transfer_group"]),
  refund: hash({ ...Pages, charge: optional(text()), payment_intent: optional(text()) }),
  dispute: hash({ ...Pages, charge: optional(text()), payment_intent: optional(text()) }),
  balance_transaction: hash(
    {
      ...Pages,
      currency: optional(text()),
      source: optional(text()),
      type: optional(text()),
    },
    ["payout"],
  ),
  event: hash({ ...Pages, type: optional(text()), types: optional(listOf(text(), 20)) }, [
    "delivery_success",
  ]),
};
export type Listed = keyof typeof ListParams;

interface Asked {
  created?: ReturnType<typeof Range>;
  ending_before?: string;
  expand?: string[];
  limit?: number;
  starting_after?: string;
  payment_intent?: string;
  status?: string;
  charge?: string;
  currency?: string;
  source?: string;
  type?: string;
  types?: string[];
}

/** One page, newest first: docs.stripe.com/api/pagination */
export function listObjects(store: Store, kind: Listed, asked: Asked, url: string) {
  const where = ["kind = ?"];
  const values: SQLInputValue[] = [kind];
  const and = (condition: string, value: SQLInputValue | undefined) => {
    if (value === undefined) return;
    where.push(condition);
    values.push(value);
  };
  and("payment_intent = ?", asked.payment_intent);
  and("source = ?", asked.charge ?? asked.source);
  and("created > ?", asked.created?.gt);
  and("created >= ?", asked.created?.gte);
  and("created < ?", asked.created?.lt);
  and("created <= ?", asked.created?.lte);
  and("body ->> 'status' = ?", asked.status);
  and("body ->> 'currency' = ?", asked.currency?.toLowerCase());
  and("body ->> 'type' GLOB ?", asked.type);
  if (asked.types) and("source IN (SELECT value FROM json_each(?))", JSON.stringify(asked.types));
  and("seq < ?", placeOf(store, kind, "starting_after", asked.starting_after));
  and("seq > ?", placeOf(store, kind, "ending_before", asked.ending_before));
  const limit = asked.limit ?? 10;
  // A page before another is read upwards from it and turned round.
  const order = asked.ending_before ? "ASC" : "DESC";
  const rows = store.all<{ body: string }>(
    `SELECT body FROM objects WHERE ${where.join(" AND ")} ORDER BY seq ${order} LIMIT ?`,
    ...values,
    limit + 1,
  );
  const page = rows.slice(0, limit);
  if (asked.ending_before) page.reverse();
  const expand = (asked.expand ?? []).map((path) => path.replace(/^data\./, ""));
  const data = page.map((row) => show(store, JSON.parse(row.body), expand));
  return { object: "list", data, has_more: rows.length > limit, url };
}

function placeOf(store: Store, kind: Kind, param: string, id: string | undefined) {
  if (id === undefined) return undefined;
  const row = store.first<{ seq: number }>(
    "SELECT seq FROM objects WHERE id = ? AND kind = ?",
    id,
    kind,
  );
  if (!row) throw noSuch(kind, id, param);
  return row.seq;
}
