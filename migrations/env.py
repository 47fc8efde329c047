"""How Alembic reaches the database: by the connection that households/database.py hands it, in the transaction it began."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
