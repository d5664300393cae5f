-- Who began an upload: a household's places are not taken by what a manager sends for it. Null for
-- those begun before this was written down; they end within a day.
alter table photo_uploads add column begun_by text;
create index photo_uploads_open on photo_uploads (begun_by)
  where photo_id is null and refused_reason is null;
-- When a message was given to a provider for the first time. It may have been delivered then, though
-- the provider's answer was lost and it was sent once more later.
alter table messages add column first_tried_at timestamptz;
update messages set first_tried_at = coalesce(sent_at, tried_at);
