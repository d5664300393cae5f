-- What the reports of a cooperative are read from, so that a year of sales opens at once. All of it
-- is made of the ledger and of parcels' events, and may be emptied: it is made anew.

-- Of one cooperative on one day, by Shanghai's clock, what moved on one kind of account by one kind
-- of entry. An entry that comes late counts on the day on which it happened.
create table report_sums (
  cooperative_id uuid not null references cooperatives (id),
  day date not null,
  part text not null check (part in ('relief', 'coop-fee', 'freight', 'owed', 'order')),
  kind text not null,
  category_code text references categories (code),
  household_id uuid references households (id),
  fen bigint not null,
  grams bigint not null,
  orders bigint not null,
  created_at timestamptz not null default now(),
  unique nulls not distinct (cooperative_id, day, part, kind, category_code, household_id)
);
comment on column report_sums.fen is 'What came in is positive, whatever went out or back negative.';
comment on column report_sums.grams is 'Of what was sold; what was given back later is still in it.';

-- One row: through which of the ledger's entries the sums go.
create table report_progress (
  is_only boolean primary key default true check (is_only),
  through_seq bigint not null default 0,
  created_at timestamptz not null default now()
);
insert into report_progress default values;

-- What was done to parcels on a day.
create table parcel_days (
  cooperative_id uuid not null references cooperatives (id),
  day date not null,
  kind text not null,
  carrier text,
  parcels bigint not null,
  grams bigint not null,
  freight_fen bigint not null,
  created_at timestamptz not null default now(),
  unique nulls not distinct (cooperative_id, day, kind, carrier)
);
comment on column parcel_days.freight_fen is 'What the buyers of these parcels paid for freight.';

-- Days that are to be counted (again). Rows come and go, none is changed and none is unique: of two
-- who pack at once neither waits for the other.
create table uncounted_parcel_days (
  cooperative_id uuid not null,
  day date not null,
  created_at timestamptz not null default now()
);
create index parcel_events_occurred on parcel_events (occurred_at);

-- A carrier that is put right later counts on the day of the shipment: so all days of the parcel.
create function note_parcel_days() returns trigger language plpgsql as $$
begin
  insert into uncounted_parcel_days (cooperative_id, day)
    select distinct p.cooperative_id, (e.occurred_at at time zone 'Asia/Shanghai')::date
    from parcel_events e join parcels p on p.id = e.parcel_id
    where e.parcel_id in (select parcel_id from came);
  return null;
end $$;
create trigger parcel_days_noted after insert on parcel_events referencing new table as came
  for each statement execute function note_parcel_days();

insert into uncounted_parcel_days (cooperative_id, day)
  select distinct p.cooperative_id, (e.occurred_at at time zone 'Asia/Shanghai')::date
  from parcel_events e join parcels p on p.id = e.parcel_id;

-- The audit log of a cooperative is asked for by whoever acted, and by day.
create index audit_log_actor on audit_log (actor_user_id, id);
