-- Text messages that the market owes somebody: written in the transaction that has something to
-- tell, sent by a job, followed until the phone has them. Sign-in codes never stand here.

create table messages (
  id uuid primary key,
  key text not null unique check (length(key) between 1 and 200),
  household_id uuid references households (id),
  user_id text,
  phone text,
  template text not null,
  params jsonb not null default '{}' check (jsonb_typeof(params) = 'object'),
  locale text not null default 'zh' check (locale in ('zh', 'en')),
  state text not null default 'queued'
    check (state in ('queued', 'sent', 'delivered', 'failed', 'stopped', 'limited')),
  reason text,
  sent_to text,
  provider_id text unique,
  tries integer not null default 0 check (tries >= 0),
  tried_at timestamptz,
  busy_until timestamptz,
  sent_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  check (num_nonnulls(household_id, user_id, phone) = 1)
);
create index messages_sent_to on messages (sent_to, tried_at) where sent_to is not null;
create index messages_household on messages (household_id, template, created_at)
  where household_id is not null;
create index messages_failed on messages (ended_at) where state = 'failed';
comment on table messages is
  'Private: phones. To whom is one of household, user and phone; which phone that is, is looked up when it is sent.';
comment on column messages.key is 'One cause, one key, one message.';
comment on column messages.state is
  'limited: waits until its phone may have another; stopped: she wants none of this kind; failed: will not be tried again.';
comment on column messages.busy_until is 'Somebody is asking the provider right now, and until then nobody else does.';

-- What the provider said of a message; it may say it before we have written down its id.
create table message_reports (
  provider_id text primary key,
  is_delivered boolean not null,
  reason text,
  created_at timestamptz not null default now()
);
create index message_reports_created on message_reports (created_at);

-- What people answered: the word that was understood, never the text.
create table message_replies (
  id text primary key,
  phone text not null,
  word text not null,
  said_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index message_replies_phone on message_replies (phone, said_at);

-- Who wants no notes about sales; the last word said counts, in whatever order the words come.
create table message_stops (
  phone text primary key,
  is_stopped boolean not null,
  said_at timestamptz not null,
  created_at timestamptz not null default now()
);

-- Sales that a household has not been told of yet: one row an order.
create table untold_sales (
  household_id uuid not null references households (id),
  order_id uuid not null references orders (id),
  created_at timestamptz not null default now(),
  primary key (household_id, order_id)
);
