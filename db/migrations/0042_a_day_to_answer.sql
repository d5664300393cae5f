-- A household has its 24 hours from when the question went out to it, however late that was: the
-- deadline moves once, with the sending.
comment on column listing_consents.expires_at is
  'From here on silence is a no: counted from asked_at, and again from sent_at once it is sent.';
drop trigger listing_consents_written_once on listing_consents;
create trigger listing_consents_written_once before update on listing_consents
  for each row when (
    (old.listing_id, old.household_id, old.cooperative_id, old.asked_by, old.asked_at,
      old.takes_words)
    is distinct from (new.listing_id, new.household_id, new.cooperative_id, new.asked_by,
      new.asked_at, new.takes_words)
    or (old.expires_at <> new.expires_at
      and (old.answer is not null or old.sent_at is not null or new.sent_at is null))
    or (old.sent_at is not null
      and (old.sent_text, old.sent_at) is distinct from (new.sent_text, new.sent_at))
    or (old.answer is not null
      and (old.answer, old.answered_by_way, old.answered_by, old.answered_at, old.replaced_by)
      is distinct from (new.answer, new.answered_by_way, new.answered_by, new.answered_at,
        new.replaced_by)))
  execute function consents_are_written_once();
grant update (expires_at) on listing_consents to tianji_app;
