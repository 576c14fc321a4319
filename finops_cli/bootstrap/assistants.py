"""The language model of a run, made ready from the settings; nothing of it is loaded before."""

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any

from finops_cli.domain.assistant import Assistant
from finops_cli.errors import UsageError

if TYPE_CHECKING:
    from finops_cli.agents.model.setting import ModelSetting
    from finops_cli.bootstrap.application import Application


def assistant(app: "Application") -> Assistant | None:
    """Return the language model of a run, None where none is set."""
    from finops_cli.agents.model.setting import ModelSetting

    try:
        setting = ModelSetting.of(app.settings)
    except UsageError as error:
        from finops_cli.agents.absent import AbsentAssistant

        return AbsentAssistant(str(app.settings["model"]), error)
    return _connected(app, setting) if setting else None


def _connected(app: "Application", setting: "ModelSetting") -> Assistant:
    from finops_cli.agents.figures import check
    from finops_cli.agents.loop.assistant import StrandsAssistant
    from finops_cli.agents.model.failures import told, unusable
    from finops_cli.agents.model.prices import price
    from finops_cli.agents.roster import roster

    specs = (*roster(), *app.plugins.agents)
    return StrandsAssistant(
        name=str(setting),
        model=_model(app, setting),
        told=partial(told, setting=setting),
        limits=setting.limits,
        specs=specs,
        tools=lambda: app.catalogue,
        run=app.supervisor.run_step,
        check=check,
        price=partial(price, setting),
        unusable=partial(unusable, setting=setting),
        emit=app.emit,
        confirm=app.confirm,
        session=app.conversation(),
        servers=_servers(app, [spec.name for spec in specs]),
    )


def _model(app: "Application", setting: "ModelSetting") -> Callable[[], Any]:
    def model() -> Any:
        from finops_cli.agents.model.providers import connect
        from finops_cli.bootstrap.checkups import first_profile
        from finops_cli.sources.aws.session.session import boto_session

        return connect(setting, os.environ, partial(boto_session, first_profile(app.settings)))

    return model


def _servers(
    app: "Application", agents: list[str]
) -> Callable[[], AbstractContextManager[Mapping[str, Any]]]:
    def servers() -> AbstractContextManager[Mapping[str, Any]]:
        from finops_cli import config
        from finops_cli.agents.loop.servers import connected

        return connected(config.mcp_servers(app.settings.file), agents, app.left_out.append)

    return servers
