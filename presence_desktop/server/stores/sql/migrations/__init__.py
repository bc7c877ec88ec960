"""The steps that bring a database to the shape of `stores.sql.tables`, by Alembic."""
