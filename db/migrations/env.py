"""How Alembic reaches the store: over the connection that `tracker.store.migrate` hands it."""

from alembic import context
from sqlmodel import SQLModel

import tracker.store.tables  # noqa: F401  (its classes fill the metadata)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=False)
with context.begin_transaction():
    context.run_migrations()
