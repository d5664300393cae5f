-- A code remembers the session that it gave: the same form sent twice gets the very same session,
-- never a second one. When the session ends, the code forgets it and is worth nothing any more.
alter table auth.sign_in_codes
  add column session_token text references auth."session" ("token") on delete set null;
create index sign_in_codes_session on auth.sign_in_codes (session_token)
  where session_token is not null;
