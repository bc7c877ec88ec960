"""One module a step; `stores.sql.schema` lists their revisions in order."""
