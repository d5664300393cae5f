-- What was promised to a buyer and did not arrive is owed to her refund by refund: a part of a later
-- refund, taken from what is kept for her, says which failed one it is given in the stead of.
alter table refund_parts add column replaces_refund_id uuid references refunds (id);
comment on column refund_parts.replaces_refund_id is
  'The failed refund in whose stead this part is given, out of what is kept for the buyer (owed:…).';
alter table refund_parts drop constraint refund_parts_refund_id_account_code_order_line_id_key;
alter table refund_parts add constraint refund_parts_once
  unique nulls not distinct (refund_id, account_code, order_line_id, replaces_refund_id);
create index refund_parts_replaces on refund_parts (replaces_refund_id)
  where replaces_refund_id is not null;
