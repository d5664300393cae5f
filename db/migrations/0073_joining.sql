-- How a phone comes to farm for a household, and stops: its person applies to a cooperative, which
-- compares what she typed with the household it knows by that register code, or opens one.

-- Whoever no longer farms for a household keeps her row, so that it stays known who did what.
alter table household_members
  drop constraint household_members_user_id_key,
  add column relation text check (relation in ('head', 'spouse', 'child', 'parent', 'other')),
  add column ended_at timestamptz;
create unique index household_members_one on household_members (user_id) where ended_at is null;
comment on column household_members.relation is 'Who she is to the head, as she said; null for those of before it was asked.';

alter table households
  add column helper_name text check (length(helper_name) between 1 and 40);
comment on column households.helper_name is
  'Private: who is answerable for helping it out of poverty, as its application said.';

create table household_applications (
  id uuid primary key,
  user_id text not null,
  client_key text not null check (length(client_key) between 1 and 100),
  cooperative_id uuid not null references cooperatives (id),
  register_code text not null check (length(register_code) between 1 and 30),
  head_name text not null check (length(head_name) between 1 and 40),
  village text not null check (length(village) between 1 and 40),
  helper_name text check (length(helper_name) between 1 and 40),
  relation text not null check (relation in ('head', 'spouse', 'child', 'parent', 'other')),
  locale text not null check (locale in ('zh', 'en')),
  state text not null default 'open' check (state in ('open', 'approved', 'refused', 'taken-back')),
  reason text check (length(reason) between 1 and 200),
  household_id uuid references households (id),
  decided_by text,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  unique (user_id, client_key),
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'refused') = (reason is not null)),
  check ((state = 'approved') = (household_id is not null)),
  check ((state in ('approved', 'refused')) = (decided_by is not null))
);
create unique index household_applications_one on household_applications (user_id)
  where state = 'open';
create index household_applications_user on household_applications (user_id, created_at);
create index household_applications_open on household_applications (cooperative_id, created_at)
  where state = 'open';
comment on table household_applications is
  'Private: register codes and names that people typed, true or not. None may reach the public.';
revoke delete on household_applications from tianji_app;
