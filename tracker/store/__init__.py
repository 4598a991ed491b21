"""The SQL store: tables, the one engine, the one repository, the queries, frames."""
