"""Runs migrations on the connection that the program hands over, inside the transaction it has begun."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
