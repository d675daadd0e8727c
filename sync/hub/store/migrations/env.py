"""Run by Alembic. The caller brings the connection, so that foreign keys can be off before BEGIN."""

from alembic import context

from sync.hub.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
