from tests.web.site import accounts, site

__all__ = ["accounts", "site"]
