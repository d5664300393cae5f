-- The chain of seals cannot fork or skip, whoever writes: each seal follows exactly one other and
-- begins where that one ended, and its number is one more.

alter table ledger_seals
  add constraint ledger_seals_follow_one_each unique nulls not distinct (previous_root);

create function ledger_seals_join_the_chain() returns trigger language plpgsql as $$
declare
  before ledger_seals;
begin
  select * into before from ledger_seals order by seq desc limit 1;
  if new.seq <> coalesce(before.seq, 0) + 1
    or new.first_seq <> coalesce(before.last_seq, 0) + 1
    or new.previous_root is distinct from before.chained_root then
    raise exception 'seal % does not follow seal %', new.seq, before.seq
      using errcode = 'check_violation', constraint = 'ledger_seals_join_the_chain';
  end if;
  return new;
end $$;

create trigger ledger_seals_join_the_chain before insert on ledger_seals
  for each row execute function ledger_seals_join_the_chain();
