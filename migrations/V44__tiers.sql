-- What a picture costs in each quality that its vendor sells, and up to which size: a list; '' for a price that is the same
-- in every one. The prices of the row itself are those of the quality that is asked for. It is a part of the price, and
-- sealed with it.
alter table model add column tiers text not null default '' check (tiers = '' or json_valid(tiers));
