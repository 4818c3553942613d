"""Any provider by its name: what downstream apps swap by configuration."""

from __future__ import annotations

from typing import Any, cast

from schoolsync import registry
from schoolsync.client._async.base import AsyncClient, AsyncClientOptions
from schoolsync.client._async.school import AsyncSchoolClient

__all__ = ["connect_async"]


def connect_async(provider: str, /, **fields: Any) -> AsyncSchoolClient:
    """A client of *provider*; nothing is sent until `async with` or the first reading.

    Args:
        provider: Its name: `"classcharts"` or `"pronote"`.
        fields: The provider's credentials (ClassCharts: `email=`, `password=`, or `code=`,
            `date_of_birth=`; PRONOTE: `url=`, `username=`, `account=`, and `password=`, `cas=`, or
            `token=`, `uuid=`), and the options of `AsyncClientOptions`.

    Raises:
        UnknownName: No such provider.
        UsageError: Another package's provider that is broken.
        BadArgument: Credentials that cannot be meant.
        TypeError: A field that the provider does not know.

    Costs:
        Nothing before the client is used.
    """
    row = registry.find(provider)
    if row.async_client is not None:
        return cast("AsyncSchoolClient", registry.load(row.async_client)(**fields))
    service = registry.load(row.service)
    options = {name: value for name, value in fields.items() if name in AsyncClientOptions.__annotations__}
    own = {name: value for name, value in fields.items() if name not in options}
    client: AsyncClient[Any] = AsyncClient(
        lambda given: service(given, **own), **cast("AsyncClientOptions", options)
    )
    return cast("AsyncSchoolClient", client)
