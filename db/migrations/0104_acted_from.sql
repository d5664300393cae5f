-- From where people did what stands in the audit log: the network they came by, shortened, and the kind of
-- device. It stands beside the log, because what was done is kept for good and from where it was is not.

create table act_origins (
  act_id uuid primary key references audit_log (id) on delete cascade,
  -- The whole address of nobody is kept: these are the first 24 bits of it, or of IPv6 the first 48.
  network cidr check (masklen(network) = case family(network) when 4 then 24 else 48 end),
  -- "android chrome": a system and a browser; null with no network is the market's own work.
  device text check (device ~ '^[a-z]{2,12}( [a-z]{2,12})?$'),
  created_at timestamptz not null default now(),
  check (device is not null or network is null)
);
create index act_origins_created on act_origins (created_at);
comment on table act_origins is
  'Private: from where somebody acted. A cooperative''s managers and its county''s officer see those of its own people at work; nobody is shown a buyer''s or a farmer''s. Kept a year.';

-- When it was written is no matter of whoever writes it: else it could be forgotten before its time.
create function stamp_act_origin() returns trigger language plpgsql as $$
begin
  new.created_at := now();
  return new;
end $$;
create trigger act_origins_stamped before insert on act_origins
  for each row execute function stamp_act_origin();

revoke update, delete on act_origins from tianji_app;

-- The one way by which any goes: what is older than a year, whoever asks.
create function forget_act_origins() returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from act_origins where created_at < now() - interval '1 year' returning 1
  )
  select count(*) from gone
$$;
