-- Why a run was paused by nobody: a call of it cost more than was held for it. '' where a person has paused it, or where
-- it is not paused. Why a run has ended stands apart.
alter table run add column paused_code text not null default '' check (paused_code = '' or paused_at > 0);
