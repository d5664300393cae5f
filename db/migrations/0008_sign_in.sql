-- Sign-in. The first four tables are better-auth's, as its own migration compiler (1.7, with the
-- phoneNumber plugin) writes them, in a schema of their own; its column names are its own too.
-- Nobody signs in by password or by another site, so account and verification stay empty.

create schema auth;

create table auth."user" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null,
  "phoneNumber" text unique,
  "phoneNumberVerified" boolean
);

create table auth."session" (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade
);
create index "session_userId_idx" on auth."session" ("userId");

create table auth."account" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on auth."account" ("userId");

create table auth."verification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index "verification_identifier_idx" on auth."verification" ("identifier");

-- One code a number: a new one replaces the old one. The plugin would keep codes in clear, so
-- ours are kept here, as a keyed hash that is worth nothing without the server's secret.
create table auth.sign_in_codes (
  phone text primary key check (phone ~ '^\+\d{8,15}$'),
  code_hash bytea not null check (length(code_hash) = 32),
  tries smallint not null default 0 check (tries between 0 and 5),
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index sign_in_codes_old on auth.sign_in_codes (expires_at);

-- The counters of rate-limiter-flexible, which names these columns. Keys are hashes of numbers
-- and addresses. Losing the counters in a crash only forgives: they need no write-ahead log.
create unlogged table auth.rate_limits (
  key text primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limits_old on auth.rate_limits (expire);

grant usage on schema auth to tianji_app;
grant select, insert, update, delete on all tables in schema auth to tianji_app;
