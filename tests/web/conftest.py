from tests.web.site import accounts, accounts_tables, site

__all__ = ["accounts", "accounts_tables", "site"]
