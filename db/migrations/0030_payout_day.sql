-- On which day of the week a cooperative pays its households, 1 Monday to 7 Sunday (ISO 8601): what
-- farmers are told to expect. The manager still prepares and confirms every run herself.
alter table cooperatives add column payout_weekday smallint not null default 5
  check (payout_weekday between 1 and 7);
-- A cooperative's newest runs are asked for by every farmer who looks at what she earned.
create index payout_runs_cooperative on payout_runs (cooperative_id, id);
