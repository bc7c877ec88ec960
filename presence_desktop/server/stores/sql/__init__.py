"""Durable data through SQLAlchemy, on SQLite or MySQL; the schema is Alembic's."""
