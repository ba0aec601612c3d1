-- What is known of a model beside its prices, and of a vendor beside its address, so that no call costs more than was held
-- for it and no vendor is asked before it wants to be.

-- How a text model thinks before it answers: an object with the most tokens it thinks with, and with the fields that its
-- requests say it in; '' for rows from before, of which the next start says it.
alter table model add column thinking text not null default '' check (thinking = '' or json_valid(thinking));

-- Hours of the day, in UTC, at which its tokens cost a part of what the row says: a list; '' for a price that is the same
-- at every hour. It is a part of the price, and sealed with it.
alter table model add column hours text not null default '' check (hours = '' or json_valid(hours));

-- Until when a vendor has asked to be left alone; 0 for one that has not. A program that is started again knows it still.
alter table provider add column rests_until integer not null default 0 check (rests_until >= 0);
