"""What is said by mail: one function a message, each with its folder of templates."""

from __future__ import annotations

from directory.config import settings
from directory.mail.services import Message


def trial(to: str, *, language: str) -> Message:
    """A test mail, for the operator who set mail up."""
    home = f"{settings().base_url}/{language}/"
    return Message("trial", to, language, {"home": home})
