"""Files that a download writes: a safe name, a whole file or none, nothing overwritten."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import BinaryIO

from schoolsync.errors import BadArgument

__all__ = ["keep", "keep_async"]


def keep(chunks: Iterator[bytes], directory: Path, name: str) -> Path:
    """The path of a new file in *directory* that holds *chunks*, called *name* as nearly as is safe.

    A name that is taken gets a number. When the chunks break off, no file is left.

    Raises:
        BadArgument: There is no such directory.
    """
    path, file = _new_file(directory, name)
    try:
        with file:
            for chunk in chunks:
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


async def keep_async(chunks: AsyncIterator[bytes], directory: Path, name: str) -> Path:
    """The awaited twin of `keep`; writing happens in a worker thread.

    Raises:
        BadArgument: There is no such directory.
    """
    from anyio import to_thread

    path, file = await to_thread.run_sync(_new_file, directory, name)
    try:
        with file:
            async for chunk in chunks:
                await to_thread.run_sync(file.write, chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _new_file(directory: Path, name: str) -> tuple[Path, BinaryIO]:
    """A file that was not there before, and where it is."""
    from pathvalidate import sanitize_filename

    if not directory.is_dir():
        raise BadArgument("directory", "there is no such directory")
    safe = Path(
        str(sanitize_filename(name, replacement_text="_", platform="universal")).lstrip(".") or "file"
    )
    for number in itertools.count(1):
        path = directory / (safe.name if number == 1 else f"{safe.stem[:200]} ({number}){safe.suffix}")
        try:
            return path, path.open("xb")
        except FileExistsError:
            continue
    raise AssertionError  # a counter does not end
