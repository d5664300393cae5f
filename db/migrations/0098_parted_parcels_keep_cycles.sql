-- What of a line is sent later was sold in the same cycle, and is brought on the same day.
create function line_keeps_cycle() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select l.cycle_id into new.cycle_id from order_lines l where l.id = new.split_from_id;
  return new;
end $$;
create trigger order_lines_keep_cycle before insert on order_lines for each row
  when (new.split_from_id is not null) execute function line_keeps_cycle();
