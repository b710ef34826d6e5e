"""The Jinja environment: our templates, then the NHS macros, autoescaped, with the filters of `formats`."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, Undefined, UndefinedError

from remit.kernel.names import readable_name
from remit.web import formats
from remit.web.accounts.mail import why_no_mail
from remit.web.forms import message_for, problems_of


class PageEnvironment(Environment):
    """Lenient where the NHS macros need it, strict where we can be.

    The macros ask for parameters that were not given, so undefined must chain. A dataclass however says
    which fields it has: asking one for another field is a mistake in the template, and raises.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's, except that a missing field of a dataclass raises `UndefinedError`."""
        value = super().getattr(obj, attribute)
        if isinstance(value, Undefined) and is_dataclass(obj):
            raise UndefinedError(f"{type(obj).__name__} has no field {attribute!r}")
        return value


def url(name: str, *args: Any, query: dict[str, Any] | None = None, **kwargs: Any) -> str:
    """The address of a view, with a query string if any; empty values are left out."""
    path = reverse(name, args=args or None, kwargs=kwargs or None)
    given = {key: value for key, value in (query or {}).items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def environment(**options: Any) -> Environment:
    """Django calls this once, with the loader of our own templates among the options."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    options["undefined"] = ChainableUndefined
    made = PageEnvironment(
        **options, extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext, ngettext=translation.ngettext, newstyle=True
    )
    made.globals.update(
        static=static,
        url=url,
        get_messages=get_messages,
        problems_of=problems_of,
        message_for=message_for,
        why_no_mail=why_no_mail,
    )
    made.filters.update(
        nhs_date=formats.nhs_date,
        nhs_time=formats.nhs_time,
        nhs_moment=formats.nhs_moment,
        nhs_period=formats.nhs_period,
        number=formats.number,
        pounds=formats.pounds,
        pence=formats.pence,
        readable_name=readable_name,
    )
    return made
