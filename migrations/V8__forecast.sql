-- What a unit of a kind has cost lately is looked up before every run, so it must not be a walk through all history.
create index usage_by_kind on usage_log(operation_type, model_id, outcome, id);
