"""The commands in the order in which `candour --help` lists them."""

from __future__ import annotations

from collections.abc import Callable

import typer

from publishing.cli import case_commands, site_commands, text_commands
from publishing.cli.output import in_plain_words, use_utf8

COMMANDS: dict[str, Callable[..., None]] = {
    "build": site_commands.build,
    "redact": text_commands.redact,
    "sign-off": case_commands.sign_off,
    "respond": case_commands.respond,
    "withdraw": site_commands.withdraw,
    "check": site_commands.check,
    "new": case_commands.new,
    "register": case_commands.register,
    "history": case_commands.history,
    "doctor": site_commands.doctor,
    "import": case_commands.import_,
    "template": case_commands.template,
    "workbench": case_commands.workbench,
    "evaluate": text_commands.evaluate,
    "serve": site_commands.serve,
}

app = typer.Typer(
    help="Publish what Serious Further Offence reviews learned, and protect everyone in them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
for _name, _command in COMMANDS.items():
    app.command(_name)(in_plain_words(_command))


def main() -> None:
    """Run the command line."""
    use_utf8()
    app()
