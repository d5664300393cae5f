-- Who works for a cooperative. Whoever left keeps her row, so that it stays known who did what;
-- a person comes in by a question to her phone number, which she answers signed in by it.

alter table cooperative_members
  add column name text check (length(name) between 1 and 40),
  add column ended_at timestamptz;
comment on column cooperative_members.name is
  'What her cooperative calls her; seen by its managers only.';

create table cooperative_invitations (
  id uuid primary key,
  cooperative_id uuid not null references cooperatives (id),
  client_key text not null check (length(client_key) between 1 and 100),
  phone text not null check (phone ~ '^\+[1-9]\d{7,14}$'),
  name text not null check (length(name) between 1 and 40),
  role text not null check (role in ('manager', 'packer', 'bookkeeper')),
  invited_by text not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'taken-back', 'expired')),
  expires_at timestamptz not null,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  unique (cooperative_id, client_key),
  check ((state = 'open') = (ended_at is null))
);
create unique index cooperative_invitations_one on cooperative_invitations (cooperative_id, phone)
  where state = 'open';
create index cooperative_invitations_phone on cooperative_invitations (phone) where state = 'open';
comment on table cooperative_invitations is 'Private: phone numbers of people who work for a cooperative.';
