-- What somebody gave back at Stripe by hand beyond what was left of the payment (a bank transfer had
-- paid it already) is a refund too: one of its parts is on given-twice:market, the market's loss.
-- Never more than was paid but for that. Asked at the end of the transaction, when the parts are
-- written; the payment's row is locked first, so that each sees what the other has given.
create or replace function refunds_stay_within_payment() returns trigger language plpgsql as $$
declare
  paid bigint;
  given bigint;
begin
  select fen into paid from payments where id = new.payment_id for update;
  select coalesce(sum(r.fen - coalesce(twice.fen, 0)), 0) into given
    from refunds r
    left join lateral (select sum(s.fen) as fen from refund_parts s
      where s.refund_id = r.id and s.account_code like 'given-twice:%') twice on true
    where r.payment_id = new.payment_id and r.status <> 'failed';
  if given > paid then
    raise exception 'refunds of payment % sum to % of % fen', new.payment_id, given, paid
      using errcode = 'check_violation', constraint = 'refunds_stay_within_payment';
  end if;
  return null;
end $$;
drop trigger refunds_stay_within_payment on refunds;
create constraint trigger refunds_stay_within_payment after insert or update of fen, status on refunds
  deferrable initially deferred
  for each row execute function refunds_stay_within_payment();
