-- A vendor is asked in its own language, because what only that has is lost in translation: the room for a prompt that a
-- local server reads, what came out of a cache, why an answer ended. Vendors that are connected already speak OpenAI's.
-- A word more would take a new table, so the two that only make pictures are named from the beginning.
-- `kind` has been the one word it could be; new rows still bear it.
alter table provider add column dialect text not null default 'openai'
  check (dialect in ('openai', 'anthropic', 'gemini', 'ollama', 'runware', 'bria'));

-- A gateway says itself what a request cost. Such a cost is no product of tokens and prices, and must not be checked as one.
alter table usage_log add column is_cost_stated integer not null default 0 check (is_cost_stated in (0, 1));
