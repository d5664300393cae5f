-- Tables of tracking numbers go the way of the other tables (0093): up to ten thousand lines, taken by the
-- worker, all or those that are right. What stands in outcome is taken already, line by line.

alter table tracking_files drop constraint tracking_files_check;
alter table tracking_files rename column taken_by_user_id to started_by_user_id;
alter table tracking_files rename column taken_at to ended_at;
alter table tracking_files
  add column is_whole boolean,
  add column started_at timestamptz,
  add column ending text check (ending in ('taken', 'refused', 'stopped'));
update tracking_files set is_whole = false, started_at = ended_at, ending = 'taken'
  where ended_at is not null;
update tracking_files set outcome = '[]' where outcome is null;
alter table tracking_files
  alter column outcome set default '[]',
  alter column outcome set not null,
  add check (jsonb_typeof(outcome) = 'array'),
  add check ((started_at is null) = (is_whole is null)
    and (started_at is null) = (started_by_user_id is null)),
  add check ((ended_at is null) = (ending is null)),
  add check (ended_at is null or started_at is not null);
create index tracking_files_cooperative on tracking_files (cooperative_id, id);
comment on column tracking_files.is_whole is
  'All lines or none; else every line that is right by itself.';
grant update (is_whole, started_at, ending) on tracking_files to tianji_app;
