-- A cooperative runs the listings of its households: what it changes is noted as its doing, and told
-- to the household; a question that waits for the household's word can be taken back, and asked anew
-- of what is offered by then.

alter table listing_changes add column by_cooperative boolean not null default false;
comment on column listing_changes.by_cooperative is
  'Changed by a manager for the household, not by the household itself.';

-- What a household has yet to be told of: one row a listing, however often it was changed.
create table untold_changes (
  listing_id uuid primary key references listings (id),
  household_id uuid not null references households (id),
  change_id uuid not null references listing_changes (id),
  created_at timestamptz not null default now()
);
create index untold_changes_household on untold_changes (household_id);
comment on column untold_changes.change_id is 'The first of them.';

alter table listing_consents
  add column replaced_by uuid references listings (id),
  drop constraint listing_consents_answer_check,
  add constraint listing_consents_answer_check
    check (answer in ('agreed', 'refused', 'expired', 'withdrawn')),
  drop constraint listing_consents_answered_by_way_check,
  add constraint listing_consents_answered_by_way_check
    check (answered_by_way in ('link', 'account', 'reply', 'deadline', 'cooperative')),
  add constraint consent_is_withdrawn_by_cooperative
    check ((answer = 'withdrawn') = (answered_by_way = 'cooperative')),
  add constraint only_withdrawn_is_replaced check (replaced_by is null or answer = 'withdrawn');
comment on column listing_consents.replaced_by is
  'What the household was asked instead: another listing, another question.';
create unique index listing_consents_replaced_by on listing_consents (replaced_by)
  where replaced_by is not null;

drop trigger listing_consents_written_once on listing_consents;
create trigger listing_consents_written_once before update on listing_consents
  for each row when (
    (old.listing_id, old.household_id, old.cooperative_id, old.asked_by, old.asked_at,
      old.expires_at, old.takes_words)
    is distinct from (new.listing_id, new.household_id, new.cooperative_id, new.asked_by,
      new.asked_at, new.expires_at, new.takes_words)
    or (old.sent_at is not null
      and (old.sent_text, old.sent_at) is distinct from (new.sent_text, new.sent_at))
    or (old.answer is not null
      and (old.answer, old.answered_by_way, old.answered_by, old.answered_at, old.replaced_by)
      is distinct from (new.answer, new.answered_by_way, new.answered_by, new.answered_at,
        new.replaced_by)))
  execute function consents_are_written_once();
grant update (replaced_by) on listing_consents to tianji_app;
