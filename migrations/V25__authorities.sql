-- A certificate authority of a site's own, in PEM: trusted beside the system's, for this site and no other. Empty where
-- there is none, as for nearly all sites.
alter table site add column authority text not null default '' check (length(authority) <= 65536);
