-- Failed work is taken up again: by hand as often as the user likes, by a run only a few times, so that an item that
-- fails each time does not cost something in each run.
alter table task add column error_code text not null default '';
-- Failures in a row that the item itself may be the cause of.
alter table task add column failures integer not null default 0 check (failures >= 0);
alter table image add column failures integer not null default 0 check (failures >= 0);

-- An operation that makes pictures anew beside those that are there. The wish is the operation's and not the picture's:
-- until the new one is stored, nothing about the old one changes.
alter table operation add column is_anew integer not null default 0 check (is_anew in (0, 1));
