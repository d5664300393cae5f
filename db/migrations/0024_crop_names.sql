-- What a crop is called besides its name, what is listed under it, and how all that is read aloud:
-- a farmer finds her crop by any of it, a buyer by what is another name of the same thing.

alter table categories
  add column other_names text[] not null default '{}',
  add column kinds text[] not null default '{}',
  add column readings text[] not null default '{}';
comment on column categories.kinds is 'varieties and the like: narrower than the crop';
comment on column categories.readings is
  'pinyin without tones, a space between syllables: of name_zh, of other_names, of kinds';
