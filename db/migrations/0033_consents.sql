-- What a cooperative lists for a household is a draft until the household has agreed to it. One
-- row a listing: who asked, what was asked, and the one answer, each written once.
create table listing_consents (
  listing_id uuid primary key references listings (id),
  household_id uuid not null references households (id),
  cooperative_id uuid not null references cooperatives (id),
  asked_by text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > asked_at),
  takes_words boolean not null,
  sent_text text check (length(sent_text) <= 1000),
  sent_at timestamptz,
  answer text check (answer in ('agreed', 'refused', 'expired')),
  answered_by_way text check (answered_by_way in ('link', 'account', 'reply', 'deadline')),
  answered_by text,
  answered_at timestamptz,
  created_at timestamptz not null default now(),
  check ((sent_text is null) = (sent_at is null)),
  check ((answer is null) = (answered_at is null)),
  check ((answer is null) = (answered_by_way is null)),
  check ((answer = 'expired') = (answered_by_way = 'deadline'))
);
comment on column listing_consents.takes_words is
  'Whether a bare "1" by text message answers it: of a household''s open ones only one may.';
create unique index listing_consents_by_words on listing_consents (household_id)
  where answer is null and takes_words;
create index listing_consents_household on listing_consents (household_id, asked_at);
create index listing_consents_cooperative on listing_consents (cooperative_id, listing_id);
create index listing_consents_open on listing_consents (expires_at) where answer is null;

-- Whoever holds a link may answer for one listing. Only its hash is kept; a message that was sent
-- twice has brought two.
create table consent_links (
  token_hash bytea primary key check (length(token_hash) = 32),
  listing_id uuid not null references listing_consents (listing_id),
  created_at timestamptz not null default now()
);

create function consents_are_written_once() returns trigger language plpgsql as $$
begin
  raise exception 'the consent to listing % is written once', old.listing_id
    using errcode = 'check_violation', constraint = 'consent_is_written_once';
end $$;
create trigger listing_consents_written_once before update on listing_consents
  for each row when (
    (old.listing_id, old.household_id, old.cooperative_id, old.asked_by, old.asked_at,
      old.expires_at, old.takes_words)
    is distinct from (new.listing_id, new.household_id, new.cooperative_id, new.asked_by,
      new.asked_at, new.expires_at, new.takes_words)
    or (old.sent_at is not null
      and (old.sent_text, old.sent_at) is distinct from (new.sent_text, new.sent_at))
    or (old.answer is not null
      and (old.answer, old.answered_by_way, old.answered_by, old.answered_at)
      is distinct from (new.answer, new.answered_by_way, new.answered_by, new.answered_at)))
  execute function consents_are_written_once();
create trigger listing_consents_stay before delete on listing_consents
  for each row execute function consents_are_written_once();

-- Whatever the app does: without the household's word a draft stays one.
create function listing_has_its_consent() returns trigger language plpgsql as $$
begin
  if exists (select from listing_consents c
      where c.listing_id = new.id and c.answer is distinct from 'agreed') then
    raise exception 'the household has not agreed to listing %', new.id
      using errcode = 'check_violation', constraint = 'listing_has_its_consent';
  end if;
  return new;
end $$;
create trigger listings_have_their_consent before update of status on listings
  for each row when (old.status = 'draft' and new.status <> 'draft')
  execute function listing_has_its_consent();

revoke update, delete on listing_consents, consent_links from tianji_app;
grant update (sent_text, sent_at, answer, answered_by_way, answered_by, answered_at)
  on listing_consents to tianji_app;
