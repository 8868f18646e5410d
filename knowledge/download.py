"""Fetches a file from an address, streamed, and only if it has changed."""

import errno
import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp

Progress = Callable[[int, int | None], None]  # bytes so far, and in all if that is known

_TIMEOUT = aiohttp.ClientTimeout(total=600, sock_connect=15, sock_read=60)  # seconds
_LARGEST = 64 << 20  # bytes; IANA's file has about 1.2 million
_CHUNK = 1 << 16


class DownloadError(Exception):
    """The file cannot be had; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a server calls the state of a file; "" where it says nothing."""

    etag: str = ""
    last_modified: str = ""

    @property
    def conditions(self) -> Mapping[str, str]:
        """The request headers that ask for another state than this one."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


async def download(
    url: str, target: Path, known: Version, progress: Progress | None = None
) -> Version | None:
    """Write what stands at the address to a file and return its version; None if it is the known.

    Raises:
        DownloadError: there is no connection, or no such file, or not all of it came.
        OSError: the file cannot be written.
    """
    headers = {"User-Agent": "portolan", "Accept": "text/csv, */*;q=0.1", **known.conditions}
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True) as session,
            session.get(url, headers=headers) as response,
        ):
            if response.status == 304 and known.conditions:  # noqa: PLR2004 Not Modified
                return None
            if response.status != 200:  # noqa: PLR2004 OK
                raise DownloadError(
                    f"{url} cannot be had: the server answers {response.status} {response.reason}."
                )
            await _write(response, target, progress)
            return Version(
                response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
            )
    except (aiohttp.ClientError, TimeoutError) as error:
        raise DownloadError(f"{_told(url, error)}.") from error


def _told(url: str, error: aiohttp.ClientError | TimeoutError) -> str:
    """Return a sentence on why there is no file, without its full stop."""
    match error:
        case aiohttp.ClientPayloadError():
            return f"The download from {url} was cut off before its end"
        case aiohttp.RedirectClientError():
            return f"{url} cannot be had: it redirects to {error}"
        case aiohttp.InvalidURL():
            return f"{url} is no address"
        case aiohttp.ClientConnectorError():
            why = f"no connection to {error.host} ({_reason(error.os_error)})"
        case TimeoutError():
            why = "the server does not answer"
        case aiohttp.TooManyRedirects():
            why = "the server redirects without end"
        case aiohttp.ClientResponseError():  # one that cannot be read
            reason = error.message.split("\n", 1)[0].rstrip(":.")
            why = f"the server's answer makes no sense ({reason})"
        case _:
            why = str(error)
    return f"{url} cannot be had: {why}"


def _reason(error: OSError) -> str:
    """Return what a system calls the error; asyncio's own words name the address once more."""
    number = error.errno or 0
    if number in errno.errorcode and not isinstance(error, ssl.SSLError):
        return os.strerror(number)
    return error.strerror or str(error)


async def _write(
    response: aiohttp.ClientResponse, target: Path, progress: Progress | None
) -> None:
    compressed = "Content-Encoding" in response.headers
    total = None if compressed else response.content_length
    count = 0
    with target.open("wb") as file:
        async for chunk in response.content.iter_chunked(_CHUNK):
            count += len(chunk)
            if count > _LARGEST:
                raise DownloadError(f"{response.url} is larger than {_LARGEST >> 20} MiB.")
            file.write(chunk)
            if progress is not None:
                progress(count, total)
    if total is not None and count != total:
        raise DownloadError(
            f"The download from {response.url} was cut off: {count} bytes came of {total}."
        )
