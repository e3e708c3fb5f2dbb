"""Check the one link that everybody gets, and draw it to be read by a phone."""

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import segno

LONGEST = 500
"""A longer address makes a picture that phones hardly read."""
PERSONAL = frozenset({"token", "q_dl", "email", "e-mail", "recipientemail", "respondent", "respondentid"})
"""Names by which survey tools tell whose link it is."""


def link_problems(link: str) -> Iterator[str]:
    """Say why an address cannot be sent to everybody."""
    if len(link) > LONGEST or not link.isprintable() or " " in link:
        yield f"link: must be one address without blanks, at most {LONGEST} characters"
        return
    try:
        parts = urlsplit(link)
        host, personal = parts.hostname, _personal(parts.query)
    except ValueError:
        yield "link: is no address; copy it from the survey tool"
        return
    if parts.scheme != "https" or not host:
        yield "link: must begin with https:// so that answers travel encrypted"
    if "@" in parts.netloc:
        yield "link: holds a name or a password before the '@'; copy the open link from the survey tool"
    if personal:
        yield f"link: '{personal}' makes it one person's own link; use the open link that is the same for everybody"


def _personal(query: str) -> str | None:
    names = [name.casefold() for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=100)]
    return next((name for name in names if name in PERSONAL), None)


def qr_code(link: str) -> bytes:
    """Draw a link as an SVG picture, always the same bytes; it is still read if 15 % of it is spoilt."""
    drawn = BytesIO()
    code = segno.make_qr(link, error="m", boost_error=False)
    code.save(drawn, kind="svg", scale=8, border=4, light="#fff", title=link, nl=True)
    return drawn.getvalue()
