"""A visitor of a study: opens pages and sends forms as a browser does, without scripts."""

import dataclasses
import ssl
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from urllib.parse import urljoin, urlsplit

import httpx

from apps.elicitation.domain.forms import Form, read_forms

PATIENCE_SECONDS = 60.0


class VisitFailed(Exception):
    """A page did not come, or was not what a person would need to go on."""


@dataclasses.dataclass(frozen=True)
class Page:
    """A page as it came."""

    url: str
    status: int
    html: str

    @cached_property
    def forms(self) -> list[Form]:
        """The forms on it."""
        return read_forms(self.html)

    @property
    def step(self) -> str:
        """The last part of its path: which step of a session it shows."""
        return urlsplit(self.url).path.rstrip("/").rpartition("/")[2]

    @property
    def own_forms(self) -> list[Form]:
        """The forms that are sent to this page itself; the choice of a language is not among them."""
        return [form for form in self.forms if form.action in {"", urlsplit(self.url).path}]

    def form_with(self, name: str) -> Form:
        """Return the first form with a field of this name. Raises VisitFailed."""
        found = next((form for form in self.forms if form.has(name)), None)
        if found is None:
            raise VisitFailed(f"The page {self.step} has no field {name} to go on with.")
        return found


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


class Visitor:
    """One browser with its own cookies; ``source`` is the address on this machine that it comes from."""

    def __init__(self, *, address: str, language: str = "en", source: str | None = None) -> None:
        self.address = address.rstrip("/")
        transport = httpx.AsyncHTTPTransport(verify=_trust(), local_address=source, retries=1)
        self._http = httpx.AsyncClient(
            transport=transport,
            base_url=self.address,
            timeout=PATIENCE_SECONDS,
            follow_redirects=True,
            trust_env=False,
            headers={"Accept-Language": language},
        )

    async def open(self, path: str) -> Page:
        """Open a page. Raises VisitFailed."""
        return self._read(await self._ask("GET", path))

    async def send(
        self, page: Page, form: Form, changes: Mapping[str, str | Sequence[str]] | None = None
    ) -> Page:
        """Send a form of a page. Raises VisitFailed."""
        headers = {"Origin": self.address, "Referer": page.url}
        sent = form.filled(changes)
        return self._read(await self._ask("POST", urljoin(page.url, form.action), headers, sent))

    async def close(self) -> None:
        """Leave."""
        await self._http.aclose()

    async def _ask(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str | list[str]] | None = None,
    ) -> httpx.Response:
        try:
            return await self._http.request(method, url, headers=headers, data=data)
        except httpx.HTTPError as error:
            raise VisitFailed(f"{urlsplit(url).path} did not answer ({type(error).__name__}).") from error

    def _read(self, response: httpx.Response) -> Page:
        if response.status_code >= 500:
            raise VisitFailed(f"{response.url.path} answered with {response.status_code}.")
        return Page(str(response.url), response.status_code, response.text)
