-- A code can only be entered where it was asked for: otherwise anyone who knows a number could use
-- up the five tries of the code that its owner is about to type, or have it replaced by another.
-- Codes live for five minutes; whoever waits for one just now asks again.
delete from auth.sign_in_codes;
alter table auth.sign_in_codes
  drop constraint sign_in_codes_pkey,
  add column asked_by bytea not null check (length(asked_by) = 32),
  add primary key (phone, asked_by);
