"""Alembic's entry: runs the steps on the connection that `stores.sql.schema` hands over."""

from alembic import context

from presence_desktop.server.stores.sql.chat.tables import conversations

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=conversations.metadata,
    transactional_ddl=connection.dialect.name == "sqlite",
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
