"""Which engine looks ahead."""

from typing import Literal, get_args

from finops_cli.analytics.outlook import Outlook, look_ahead, reconciled
from finops_cli.errors import UnknownName, did_you_mean
from finops_cli.tools.forecasting.basis import Basis

Method = Literal["own", "ensemble"]


def look(basis: Basis, months: int, level: int, method: Method) -> Outlook:
    """Return the outlook by a method.

    Raises:
        UnknownName: There is no such method.
        SetupError: The method needs an extra that is not installed.
    """
    if method not in get_args(Method):
        hint = did_you_mean(method, get_args(Method)) or "Methods: own, ensemble."
        raise UnknownName(f"There is no forecast method {method!r}.", hint)
    outlook = look_ahead(basis.whole, basis.until, months, level)
    if method == "ensemble":
        from finops_cli.analytics.ensemble import by_ensemble

        outlook = by_ensemble(outlook, basis.whole, basis.until)
    if basis.panel is basis.whole:
        return outlook
    return reconciled(look_ahead(basis.panel, basis.until, months, level), outlook)
