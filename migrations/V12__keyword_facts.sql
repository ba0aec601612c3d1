-- Search Console and Bing do not know how often a phrase is searched for, only how often the own site was shown for it.
-- Such a number is demand as well, but another one: it gives way to searches, and says what it is.
alter table keyword add column volume_is_impressions integer not null default 0 check (volume_is_impressions in (0, 1));

-- New keywords that nothing waits for: clustering found no group for them, or the user left them out. Every page counts
-- them, so counting must not be a walk through all keywords.
create index keyword_left_out on keyword(site_id, created_at)
  where status = 'new' and removed_at = 0 and (is_disabled = 1 or passed_over_at > 0);
