"""Run by Alembic. The connection and its transaction come from enquiry/setup/migrate.py, which owns both."""

from alembic import context

from enquiry.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_server_default=True,
    transactional_ddl=True,
    render_as_batch=False,
)
context.run_migrations()
