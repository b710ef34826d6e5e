"""Long text answers sent as they are made, under both kinds of server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse

CHUNK = 512


def streamed(request: HttpRequest, lines: Iterator[str], content_type: str) -> StreamingHttpResponse:
    """Lines, some hundreds at a time. Under ASGI Django would otherwise gather a plain iterator in memory."""
    chunks = in_chunks(lines)
    body = in_the_background(chunks) if hasattr(request, "scope") else chunks
    return StreamingHttpResponse(body, content_type=content_type)


def in_chunks(lines: Iterator[str]) -> Iterator[bytes]:
    """Lines joined, some hundreds at a time."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == CHUNK:
            yield "".join(held).encode()
            held.clear()
    if held:
        yield "".join(held).encode()


async def in_the_background(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same for an event loop, each chunk made in the thread that may use the database."""
    following = sync_to_async(lambda: next(chunks, None), thread_sensitive=True)
    while (chunk := await following()) is not None:
        yield chunk
