-- A vendor may be asked so often in a minute and no more, whatever it would put up with: an account's limit is known to
-- whoever pays for it, and one key may serve other programs as well. 0 is as often as the vendor lets us.
alter table provider add column per_minute integer not null default 0 check (per_minute between 0 and 100000);
