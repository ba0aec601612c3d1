-- A request whose answer was lost is sent once more under the same call, and a vendor is asked for one thing under one id.
-- But what a request names beside its own items (titles, clusters, articles of the site) has grown meanwhile by what its
-- siblings were answered. So that is kept with the call while it is open, and the request is made of it again, word by word.
-- And what a lost answer is taken to have cost must not depend on who gives the call up, and when: it is written down with
-- the hold.

-- What one attempt will likely cost at its vendor's; -1 for calls from before this was kept.
alter table call add column likely_nano integer not null default -1 check (likely_nano >= -1);

-- Of open calls, where there is anything to know: what the request names beside its items, and, for a repair, what was wrong
-- with the answer that it repairs ('' for any other). The commit that resolves the call takes its row away.
create table call_asked (
  call_id blob primary key references call(id),
  siblings text not null check (json_valid(siblings)),
  fault text not null
) strict, without rowid;
