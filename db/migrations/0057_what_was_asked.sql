-- Up to which limit of a pre-sale a household was asked: before this no question said one, so of
-- what was agreed to until now there is none that binds.
alter table listing_consents add column asked_presale_limit int check (asked_presale_limit > 0);
-- In which language a farmer last used the market: her household's text messages come in it. Null:
-- nothing but Chinese was chosen.
alter table household_members add column locale text check (locale in ('zh', 'en'));
