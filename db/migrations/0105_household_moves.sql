-- How a household comes from one cooperative to another: the other asks by the register code, the household
-- itself agrees (or, where nobody of it has a phone here, its cooperative), what it has on sale comes off
-- sale, and it belongs to the other once nothing of it is unshipped. The rows that are done are its history.

create table household_moves (
  id uuid primary key,
  to_cooperative_id uuid not null references cooperatives (id),
  register_code text not null check (length(register_code) between 1 and 30),
  client_key text not null check (length(client_key) between 1 and 100),
  asked_by text not null,
  household_id uuid references households (id),
  from_cooperative_id uuid references cooperatives (id),
  state text not null default 'asked'
    check (state in ('asked', 'agreed', 'refused', 'taken-back', 'expired', 'done')),
  answered_by_side text check (answered_by_side in ('household', 'cooperative')),
  answered_by text,
  answered_at timestamptz,
  expires_at timestamptz not null,
  ended_at timestamptz,
  head_name text check (length(head_name) between 1 and 40),
  created_at timestamptz not null default now(),
  unique (to_cooperative_id, client_key),
  check ((household_id is null) = (from_cooperative_id is null)),
  check (from_cooperative_id <> to_cooperative_id),
  -- A code that leads nowhere is asked like any other and answered by nobody.
  check (household_id is not null or state in ('asked', 'taken-back', 'expired')),
  check ((state in ('asked', 'agreed')) = (ended_at is null)),
  check ((state in ('agreed', 'refused', 'done')) = (answered_by_side is not null)),
  check ((answered_by_side is null) = (answered_at is null)
    and (answered_by_side is null) = (answered_by is null)),
  check ((state = 'done') = (head_name is not null))
);
create unique index household_moves_one on household_moves (household_id)
  where state in ('asked', 'agreed');
create unique index household_moves_asked on household_moves (to_cooperative_id, register_code)
  where state in ('asked', 'agreed');
create index household_moves_from on household_moves (from_cooperative_id, created_at);
create index household_moves_to on household_moves (to_cooperative_id, created_at);
create index household_moves_history on household_moves (household_id, ended_at) where state = 'done';
create index household_moves_open on household_moves (id) where state in ('asked', 'agreed');
comment on table household_moves is
  'Private: register codes that cooperatives typed, true or not. None may reach the public, and whether one leads to a household is told to nobody who asks.';
comment on column household_moves.head_name is
  'The head''s name when it left: what its former cooperative goes on calling it by.';
revoke delete on household_moves from tianji_app;

-- Whose a household was at a moment: that of the first move after it, or else whose it is.
create function cooperative_of(home uuid, moment timestamptz) returns uuid
language sql stable as $$
  select coalesce(
    (select from_cooperative_id from household_moves
      where household_id = home and state = 'done' and ended_at > moment
      order by ended_at limit 1),
    (select cooperative_id from households where id = home))
$$;

-- What a household takes with it comes off sale as a movement with its reason.
alter table listing_changes
  drop constraint listing_changes_reason_check,
  add constraint listing_changes_reason_check
    check (reason in ('sold-elsewhere', 'spoiled', 'kept', 'other', 'gone', 'moved'));
