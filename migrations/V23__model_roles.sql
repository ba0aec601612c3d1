-- Which model does what. A function asks the model of its role, in the set that is switched on: one to try things with,
-- one that counts. A role names its model by vendor and name and not by row, so that it follows a new price, which is a new
-- row. A function without a role asks the default of its kind, and when trying the built-in engine.
create table model_role (
  mode text not null check (mode in ('testing', 'live')),
  function_name text not null check (function_name in
    ('auto_cluster', 'generate_ideas', 'generate_content', 'generate_image_prompts', 'generate_images')),
  provider text not null check (length(provider) between 1 and 100),
  model_name text not null check (length(model_name) between 1 and 200),
  updated_at integer not null,
  primary key (mode, function_name)
) strict, without rowid;

-- The newest row of a model, which is looked for by its name.
create index model_by_name on model(provider, model_name);
