"""E-mail addresses: the one place that says which text is one."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

EMAIL_LENGTH = 254


def email_address(text: str) -> str:
    """The address in its one spelling. Raises ValueError for what is none.

    Whether somebody reads it is not asked.
    """
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as fault:
        raise ValueError(str(fault)) from None
