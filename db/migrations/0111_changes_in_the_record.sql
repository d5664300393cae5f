-- What a cooperative changes of listings stands in their history; the record of its acts reads it from
-- there, by whoever did it, with from where as of any other act.
create index listing_changes_by on listing_changes (changed_by, id desc) where by_cooperative;
alter table act_origins drop constraint act_origins_act_id_fkey;
comment on column act_origins.act_id is 'An act of the audit log, or a change of a listing by its cooperative.';
