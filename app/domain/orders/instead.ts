import { sql } from "kysely";

/** What a line replaced with its buyer's consent. */
export type Instead = { titleZh: string; titleEn: string; units: number };

/** SQL of an order line `l`: what it replaced; null of one that was ordered. */
export const INSTEAD_OF = sql<Instead | null>`(
  select jsonb_build_object('titleZh', s.shown #> '{missing,titleZh}',
    'titleEn', s.shown #> '{missing,titleEn}', 'units', s.missing_units)
  from substitutions s where s.id = l.substitution_id)`;

/** SQL of an order line `l`: how many of its units were replaced, and for how many fen; else null. */
export const REPLACED = sql<{ units: number; fen: number } | null>`(
  select jsonb_build_object('units', sum(s.missing_units), 'fen', sum(s.quantity * s.unit_price_fen))
  from substitutions s where s.order_line_id = l.id and s.state = 'accepted' having count(*) > 0)`;
