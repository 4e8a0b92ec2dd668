"""The commands in the order in which `candour --help` lists them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated

import typer

from publishing.cli import case_commands, safekeeping_commands, signer_commands, site_commands, text_commands
from publishing.cli.output import in_plain_words, say, use_utf8

COMMANDS: dict[str, Callable[..., None]] = {
    "build": site_commands.build,
    "redact": text_commands.redact,
    "sign-off": case_commands.sign_off,
    "respond": case_commands.respond,
    "family": case_commands.family,
    "report": site_commands.report,
    "withdraw": site_commands.withdraw,
    "releases": site_commands.releases,
    "rollback": site_commands.rollback,
    "check": site_commands.check,
    "sign-manifest": site_commands.sign_manifest,
    "new": case_commands.new,
    "register": case_commands.register,
    "history": case_commands.history,
    "doctor": site_commands.doctor,
    "diff-policy": site_commands.diff_policy,
    "import": case_commands.import_,
    "template": case_commands.template,
    "workbench": case_commands.workbench,
    "backup": safekeeping_commands.backup,
    "restore": safekeeping_commands.restore,
    "forget": safekeeping_commands.forget,
    "audit": safekeeping_commands.audit,
    "evaluate": text_commands.evaluate,
    "serve": site_commands.serve,
}

app = typer.Typer(
    help="Publish what Serious Further Offence reviews learned, and protect everyone in them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        say(f"candour {version('candour')}")
        raise typer.Exit


@app.callback()
def candour(
    tell_version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version and exit.")
    ] = False,
) -> None:
    """Publish what Serious Further Offence reviews learned, and protect everyone in them."""


for _name, _command in COMMANDS.items():
    app.command(_name)(in_plain_words(_command))
app.add_typer(signer_commands.group, name="signer")


def main() -> None:
    """Run the command line."""
    use_utf8()
    app()
