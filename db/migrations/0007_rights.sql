-- The role the app signs in with. It owns nothing, so it cannot lift the ledger's triggers,
-- and it has no right to change or delete what the ledger holds.

do $$
begin
  create role tianji_app nologin;
exception
  when duplicate_object or unique_violation then null;
end $$;

grant usage on schema public to tianji_app;
grant select, insert, update, delete on all tables in schema public to tianji_app;
grant usage, select on all sequences in schema public to tianji_app;
alter default privileges in schema public grant select, insert, update, delete on tables to tianji_app;
alter default privileges in schema public grant usage, select on sequences to tianji_app;

revoke update, delete on ledger_accounts, ledger_transactions, postings, ledger_seals from tianji_app;
revoke update, delete on audit_log from tianji_app;
revoke delete on orders, order_lines, allocations, payments, refunds, payout_runs, payouts from tianji_app;
