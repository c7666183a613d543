"""What a hostile value could ask of the engine: 0 fetch, 0 canary, whatever is written."""

import base64
import re
import socketserver
import threading
import zlib
from collections.abc import Iterator

import pytest

from documents.engine.render import RenderRefused, html_to_pdf
from documents.services.render import render_transient
from tests.documents.samples import SNAPSHOT
from tests.documents.test_render_engine import WHOLE, context, frame_of, page

CANARY = "CANARI-7f3d91"


class _Listener(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.server.hits.append(self.request.recv(200))
        self.request.sendall(
            b"HTTP/1.0 302 Found\r\nLocation: file:///etc/hostname\r\n\r\n" + CANARY.encode()
        )


@pytest.fixture(scope="module")
def listener() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Listener) as server:
        server.hits = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def canary(tmp_path_factory) -> str:
    """A file of the server that no paper may ever show."""
    path = tmp_path_factory.mktemp("secret") / "canary.txt"
    path.write_text(CANARY)
    return str(path)


def data(mime: str, content: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(content.encode()).decode()}"


def svg(inside: str) -> str:
    return data(
        "image/svg+xml",
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>',
    )


EPS = "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/etc/passwd) (r) file\n"
ENTITY = (
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{file}">]>'
    '<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
)
BILLION = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&c;</text></svg>'
)
PNG_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
HUGE_PNG = (
    "data:image/png;base64,"
    + base64.b64encode(PNG_HEAD + (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0").decode()
)

# {file} is the canary's path, {port} the listener's. Each must end without a fetch or the canary.
PAYLOADS = [
    '<img src="file://{file}" alt="x">',
    '<img src="FILE://{file}" alt="x">',
    '<img src="fIlE:{file}" alt="x">',
    '<img src="file:///etc/passwd" alt="x">',
    '<img src="file:///proc/self/environ" alt="x">',
    '<img src="file://localhost{file}" alt="x">',
    '<img src="file:{file}%00.png" alt="x">',
    '<img src=" file://{file} " alt="x">',
    '<img src="\tfile://{file}" alt="x">',
    '<img src="{file}" alt="x">',
    '<img src="../../../../../../..{file}" alt="x">',
    '<img src="asset:../../../etc/passwd" alt="x">',
    '<img src="asset:mark.svg/../../../etc/passwd" alt="x">',
    '<img src="ASSET:MARK.SVG" alt="x">',
    '<img src="asset:mark.svg?x=file://{file}" alt="x">',
    '<img src="asset:mark.svg%00" alt="x">',
    '<base href="file://{file}"><img src="canary.txt" alt="x">',
    '<base href="http://127.0.0.1:{port}/"><img src="a.png" alt="x">',
    '<link rel="stylesheet" href="file://{file}">',
    '<link rel="stylesheet" href="http://127.0.0.1:{port}/a.css">',
    '<link rel="attachment" href="file://{file}">',
    '<link rel="attachment" href="http://127.0.0.1:{port}/a">',
    '<a rel="attachment" href="file://{file}">x</a>',
    '<a rel="attachment" href="http://127.0.0.1:{port}/a">x</a>',
    '<object data="file://{file}"></object>',
    '<embed src="file://{file}">',
    '<iframe src="file://{file}"></iframe>',
    '<video poster="http://127.0.0.1:{port}/a" src="file://{file}"></video>',
    '<input type="image" src="http://127.0.0.1:{port}/a">',
    '<body background="http://127.0.0.1:{port}/a.png">x</body>',
    '<table background="file://{file}"><tr><th scope="row">x</th></tr></table>',
    '<img srcset="http://127.0.0.1:{port}/a 2x" alt="x">',
    '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:{port}/">',
    '<script src="http://127.0.0.1:{port}/a.js"></script>',
    '<script>document.location="http://127.0.0.1:{port}/"</script>',
    "<style>@import url(file://{file});</style>",
    '<style>@import "http://127.0.0.1:{port}/a.css";</style>',
    "<style>@font-face{{font-family:X;src:url(file://{file})}}p{{font-family:X}}</style><p>x</p>",
    "<style>@font-face{{font-family:X;src:url(http://127.0.0.1:{port}/f)}}p{{font-family:X}}</style><p>x</p>",
    '<style>@font-face{{font-family:X;src:local("file://{file}")}}p{{font-family:X}}</style><p>x</p>',
    "<style>p::before{{content:url(file://{file})}}</style><p>x</p>",
    "<style>p::before{{content:url(http://127.0.0.1:{port}/c)}}</style><p>x</p>",
    "<style>li{{list-style-image:url(file://{file})}}</style><ul><li>x</li></ul>",
    "<style>p{{background:url(http://127.0.0.1:{port}/b)}}</style><p>x</p>",
    "<style>p{{border-image:url(file://{file}) 1}}</style><p>x</p>",
    "<style>@page{{background:url(file://{file})}}</style><p>x</p>",
    "<style>@page{{@top-left{{content:url(http://127.0.0.1:{port}/m)}}}}</style><p>x</p>",
    "<style>@color-profile --x{{src:url(file://{file})}}p{{color:color(--x 1)}}</style><p>x</p>",
    "<style>p{{b\\61ckground:u\\72l(file://{file})}}</style><p>x</p>",
    '<p style="background:url(file://{file})">x</p>',
    '<p style="background:image(url(http://127.0.0.1:{port}/i))">x</p>',
    "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title><image href='file://{file}' width='9' height='9'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title><use href='http://127.0.0.1:{port}/a.svg#a'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title><style>@import url(file://{file})</style></svg>",
    '<img src="' + svg('<image href="file://{file}" width="9" height="9"/>') + '" alt="x">',
    '<img src="' + svg('<use xlink:href="http://127.0.0.1:{port}/a.svg#a"/>') + '" alt="x">',
    '<img src="' + data("image/svg+xml", ENTITY) + '" alt="x">',
    '<img src="' + data("image/svg+xml", BILLION) + '" alt="x">',
    '<img src="' + data("application/postscript", EPS) + '" alt="x">',
    '<img src="' + data("image/png", EPS) + '" alt="x">',
    '<img src="' + data("image/png", ENTITY) + '" alt="x">',
    '<img src="data:image/png;base64,####" alt="x">',
    '<img src="data:text/html,<img src=file://{file}>" alt="x">',
    '<link rel="attachment" href="data:text/plain,' + CANARY + '">',
    f'<img src="{HUGE_PNG}" alt="x">',
    '<img src="data:image/png;base64,' + "A" * 100_000 + '" alt="x">',
    '<img src="http://127.0.0.1:{port}/redirect" alt="x">',
    '<img src="http://localhost:{port}/a" alt="x">',
    '<img src="http://[::1]:{port}/a" alt="x">',
    '<img src="http://2130706433:{port}/a" alt="x">',
    '<img src="http://0x7f.1:{port}/a" alt="x">',
    '<img src="http://169.254.169.254/latest/meta-data/" alt="x">',
    '<img src="//127.0.0.1:{port}/a" alt="x">',
    '<img src="ftp://127.0.0.1:{port}/a" alt="x">',
    '<img src="gopher://127.0.0.1:{port}/_a" alt="x">',
    '<img src="jar:file://{file}!/a" alt="x">',
    '<img src="php://filter/resource={file}" alt="x">',
    '<img src="javascript:fetch(1)" alt="x">',
    '<img src="asset:mark.svg\0file://{file}" alt="x">',
    "\0<img src='file://{file}' alt='x'>",
]


def _format(payload: str, canary: str, port: int) -> str:
    """Fill the places, also inside base64 data."""

    def refill(match: re.Match[str]) -> str:
        try:
            inside = base64.b64decode(match[2]).decode()
        except ValueError:
            return match[0]
        return match[1] + base64.b64encode(fill(inside).encode()).decode()

    def fill(text: str) -> str:
        return text.replace("{file}", canary).replace("{port}", str(port))

    payload = re.sub(r"(base64,)([A-Za-z0-9+/=]{40,4000})", refill, payload)
    return fill(payload).replace("{{", "{").replace("}}", "}")


def unfold(content: bytes) -> bytes:
    """The file and every stream in it, opened: text, metadata, attachments."""
    parts = [content]
    for match in re.finditer(rb"stream\r?\n", content):
        try:
            parts.append(zlib.decompressobj().decompress(content[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def test_it_has_a_long_list():
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_fetches_nothing_even_when_the_page_itself_is_hostile(payload, listener, canary):
    html = page(_format(payload, canary, listener.server_address[1]))
    try:
        content = html_to_pdf(html)
    except RenderRefused:
        content = b""
    opened = unfold(content)
    assert listener.hits == []
    assert CANARY.encode() not in opened
    assert b"root:x:0" not in opened
    assert b"/EmbeddedFile" not in opened


def test_it_prints_hostile_values_as_the_words_they_are(listener, canary):
    """The real case: values come through an autoescaped template, in every place of the page."""
    port = listener.server_address[1]
    values = [_format(p, canary, port).replace("\0", "")[:400] for p in PAYLOADS]
    snapshot = {
        **WHOLE,
        "lines": [[value, "1", "2", "3", "4"] for value in values],
        "who": {"name": values[0], "lines": values[:5]},
        "issuer": {**SNAPSHOT["issuer"], "name": values[20], "lines": values[5:9]},
        "weave": [values[49], '"><img src=x>'],
        "paper": {**WHOLE["paper"], "title": values[1], "subject": values[2], "issuer": values[3]},
    }
    content = render_transient("pdf/sample.html", {**context(snapshot), **frame_of(snapshot)})
    opened = unfold(content)
    assert listener.hits == []
    assert CANARY.encode() not in opened  # even as words: glyphs are numbers in the file
    assert b"/EmbeddedFile" not in opened
    assert b"/JavaScript" not in opened


def test_it_survives_a_page_nested_a_hundred_thousand_deep():
    for depth in (110, 100_000):
        with pytest.raises(RenderRefused, match="deep"):
            html_to_pdf(page("<b>" * depth + "x"))
    assert html_to_pdf(page("<h1>Suite</h1>")).startswith(b"%PDF")


def test_it_draws_as_deep_as_it_promises():
    assert html_to_pdf(page("<div>" * 90 + "x" + "</div>" * 90)).startswith(b"%PDF")


def test_it_refuses_a_name_of_ten_megabytes():
    with pytest.raises(RenderRefused):
        html_to_pdf(page("<p>" + "Amina" * 2_000_000 + "</p>"))
