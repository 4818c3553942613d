"""The generations of the protocol, and what each one does differently."""

from __future__ import annotations

import attrs

__all__ = ["CURRENT", "GENERATIONS", "Generation", "generation"]

SHIFTED_SINCE = (2025, 1, 3)
QUIZ_EDITOR = 57


@attrs.frozen(kw_only=True)
class Generation:
    """One version of the server, and how it talks."""

    version: tuple[int, ...]
    """`(2025, 1, 3)`."""
    sends_rsa_key: bool = False
    """Whether the page brings `MR` and `ER`, and wants the IV encrypted with them."""
    has_script_page: bool = False
    """Whether `Start` stands in a script, as strict JSON, instead of the body's `onload`."""
    has_new_names: bool = True
    """`id`, `no`, `dataSec` instead of `nom`, `numeroOrdre`, `donneesSec`."""
    has_new_content: bool = True
    """`data`, `Signature` instead of `donnees`, `_Signature_`."""
    says_what_it_skips: bool = False
    """Flags `sCrA`/`sCoA` switch encryption and compression off, instead of `CrA`/`CoA` on."""
    takes_presence: bool = False
    """Whether `Presence` keeps a session alive; else only `Navigation` does."""
    has_direct_challenge: bool = False
    """Whether the challenge is 32 hex digits to be encrypted as they are."""
    has_natures: bool = False
    """News by nature, and their questions by a second call."""

    @property
    def label(self) -> str:
        """`2025.1.3`."""
        return ".".join(map(str, self.version))

    def kind(self, number: int) -> int:
        """The number that this server has for a kind of resource that those since 2025.1.3 call *number*."""
        return number + 1 if self.version < SHIFTED_SINCE and number >= QUIZ_EDITOR else number


GENERATIONS: tuple[Generation, ...] = (
    Generation(
        version=(2022, 0, 3),
        sends_rsa_key=True,
        has_new_names=False,
        has_new_content=False,
        says_what_it_skips=True,
        takes_presence=True,
    ),
    Generation(
        version=(2023, 0, 2),
        has_new_names=False,
        has_new_content=False,
        says_what_it_skips=True,
        takes_presence=True,
    ),
    Generation(version=(2024, 3, 9), has_new_names=False, says_what_it_skips=True),
    Generation(version=(2025, 1, 3)),
    Generation(version=(2026, 2, 4), has_script_page=True, has_natures=True),
    Generation(version=(2026, 2, 5, 6), has_script_page=True, has_natures=True, has_direct_challenge=True),
)
"""Oldest first."""
CURRENT = GENERATIONS[-1]
"""The newest."""


def generation(label: str) -> Generation:
    """The generation called *label*: `"2025.1.3"`.

    Raises:
        KeyError: There is none.
    """
    return {one.label: one for one in GENERATIONS}[label]
