-- graphile_worker.add_job ends with a NOTIFY, and PostgreSQL lets only one transaction with a
-- NOTIFY commit at a time in the whole cluster: orders that wait for nobody then waited for each
-- other's disk writes. A job that is due in half an hour needs no NOTIFY, because the worker finds
-- what has become due by looking every two seconds; so this writes the job as add_job would, and
-- tells nobody. Only for a key that is new: a job that waits under the same key is left as it is.
create function queue_for_later(task text, payload json, run_at timestamptz, job_key text)
returns void language plpgsql as $$
declare
  known integer;
begin
  select t.id into known from graphile_worker._private_tasks t where t.identifier = task;
  if known is null then
    insert into graphile_worker._private_tasks (identifier) values (task)
      on conflict (identifier) do update set identifier = excluded.identifier
      returning id into known;
  end if;
  insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts, key)
    values (known, payload, run_at, 12, job_key)
    on conflict (key) do nothing;
end $$;
