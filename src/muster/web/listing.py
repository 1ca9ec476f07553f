"""Long lists, a page at a time."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """A page of a list: number counts from 1, n is how many are on one, total how many there are."""

    number: int
    n: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.n))

    @property
    def offset(self) -> int:
        """How many stand on the pages before."""
        return (self.number - 1) * self.n

    @property
    def first_shown(self) -> int:
        """The place of the first one on this page, from 1."""
        return min(self.offset + 1, self.total)

    @property
    def last_shown(self) -> int:
        """The place of the last one on this page."""
        return min(self.offset + self.n, self.total)

    @property
    def before(self) -> int | None:
        """The number of the page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The number of the page after."""
        return self.number + 1 if self.number < self.last else None


def page_of(request: HttpRequest, total: int, n: int = 50) -> Paging:
    """Return the page that an address asks for with ?page=; what is no number is 1, what is too high the last."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    last = Paging(number=1, n=n, total=total).last
    return Paging(number=min(max(1, number), last), n=n, total=total)
