"""One request of a browser: who is asking, in which language, what they sent, and the answer."""

from datetime import datetime
from functools import cached_property
from urllib.parse import quote, urlencode, urlsplit

from chalice import Response
from chalice.app import Request

from chalicelib.domain.access import OFFICIALS, Principal
from chalicelib.domain.errors import Forbidden, NotSignedIn
from chalicelib.domain.sessions import Session, Ticket, form_token, is_form_token
from chalicelib.handlers import headers
from chalicelib.handlers.body import Form, read_form
from chalicelib.ports import Ports
from chalicelib.usecases import signin, staffing
from chalicelib.web import i18n
from chalicelib.web.rendering import Frame, Page, Person, render
from chalicelib.wiring import Site


class Visit:
    """One request of a browser. `now` is the application's time, `real_now` the one by which
    sessions live; both UTC."""

    def __init__(
        self, request: Request, ports: Ports, site: Site, now: datetime, real_now: datetime
    ) -> None:
        self.request = request
        self.ports = ports
        self.site = site
        self.now = now
        self.real_now = real_now
        named, self._path = i18n.of_path(_address(request))
        self.language: i18n.Language = named or i18n.preferred(
            request.headers.get("accept-language", "")
        )

    @property
    def path(self) -> str:
        """The address asked for, with its query, without the language; fit for a link."""
        path = quote(self._path, safe="/%:@!$&'()*+,;=-._~")
        asked = self.request.query_params
        pairs = [(name, value) for name in asked for value in asked.getlist(name)] if asked else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @property
    def page(self) -> str:
        """The page to come back to: this one, or the one whose form was posted."""
        if self.request.method in ("GET", "HEAD"):
            return f"/{self.language}{self.path}"
        form = urlsplit(self.request.headers.get("referer", ""))
        ours = f"{form.scheme}://{form.netloc}" == self.site.base_url
        return form.path if ours else f"/{self.language}{self.path}"

    @property
    def reference(self) -> str:
        """What names this request in our logs; error pages show it."""
        own = getattr(self.request.lambda_context, "aws_request_id", "")
        return str(self.request.context.get("requestId") or own)

    def query(self, name: str) -> str:
        """A value of the query; empty if it is not there."""
        asked = self.request.query_params
        return str(asked[name]) if asked and name in asked else ""

    @cached_property
    def form(self) -> Form:
        """What was posted. Raises TooLarge, Invalid."""
        return read_form(self.request)

    def cookie(self, name: str) -> str:
        """A cookie of ours; empty if it is not there."""
        return headers.read_cookie(name, self.request.headers.get("cookie", ""), self.site)

    @cached_property
    def ticket(self) -> Ticket | None:
        """What the browser shows for a session; proves nothing before `session`."""
        return Ticket.parse(self.cookie(headers.SESSION_COOKIE))

    @cached_property
    def session(self) -> Session | None:
        """The living session, if any. Raises Busy."""
        return signin.session_of(self.ports, self.ticket, self.real_now)

    @cached_property
    def somebody(self) -> Principal | None:
        """Who is signed in, on pages that are for everybody; officials with the roles of those
        for whom they stand in today."""
        if self.session is None:
            return None
        return staffing.in_office(self.ports, self.session.principal, self.now)

    @property
    def principal(self) -> Principal:
        """Who is signed in. Raises NotSignedIn, which leads to signing in and back here."""
        if self.somebody is None:
            raise NotSignedIn
        return self.somebody

    @property
    def csrf(self) -> str:
        """The value of the hidden field `_csrf`; empty for those who are not signed in."""
        return form_token(self.ticket) if self.ticket and self.session else ""

    def check_form(self) -> None:
        """Raises Forbidden (`form-expired`) unless the form came from this session's page."""
        sent = self.form.get("_csrf", "")
        if self.session and self.ticket and not is_form_token(self.ticket, sent):
            raise Forbidden("form-expired")

    def show(
        self,
        content: Page,
        *,
        status: int = 200,
        switch_form: str | None = None,
        success: str | None = None,
    ) -> Response:
        """A page in the frame that all have. See web.rendering.Frame for the two options."""
        frame = Frame(
            language=self.language,
            path=self.path,
            administration=self.ports.administration,
            assets=self.site.assets_url,
            person=_person(self.somebody),
            csrf=self.csrf,
            switch_form=switch_form,
            success=success,
            moved_to=self.now if self.ports.time_is_moved else None,
        )
        return self._response(render(content, frame), status, "text/html; charset=utf-8")

    def go(self, path: str) -> Response:
        """303 to a page of ours in the same language (`/cases`)."""
        return self.leave(f"/{self.language}{path if path != '/' else ''}")

    def leave(self, url: str, cookie: str | None = None) -> Response:
        """303 to exactly this address; sets one cookie."""
        response = self._response("", 303, "text/plain; charset=utf-8")
        response.headers["Location"] = headers.location(url)
        if cookie:
            response.headers["Set-Cookie"] = cookie
        return response

    def download(self, content: str, kind: str, filename: str) -> Response:
        """A file to keep. `filename` is of our own making, in ASCII."""
        response = self._response(content, 200, kind)
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response

    def _response(self, body: str, status: int, kind: str) -> Response:
        # What is somebody's must not stay behind in a shared browser.
        cache = "no-store" if self.ticket or status != 200 else "no-cache"
        return Response(
            body=body,
            status_code=status,
            headers={
                **headers.security_headers(self.site),
                "Content-Type": kind,
                "Cache-Control": cache,
                "Vary": "Cookie, Accept-Language",
            },
        )


def _address(request: Request) -> str:
    """The path asked for, out of the route and its parameters: the event's own may have a stage."""
    path = str(request.path)
    for name, value in (request.uri_params or {}).items():
        path = path.replace(f"{{{name}}}", value).replace(f"{{{name}+}}", value)
    return path


def _person(principal: Principal | None) -> Person | None:
    if principal is None:
        return None
    return Person(
        name=principal.name,
        is_citizen=principal.has("citizen"),
        is_official=principal.has(*OFFICIALS),
        sees_desk=principal.has("head-of-unit", "administrator"),
        turns_clock=principal.has("administrator"),
    )
