"""Routes for application commands: what the bot offers, everywhere or in one server."""

from bot.playground.command_limits import command_problems, commands_problems
from bot.playground.errors import (
    UNKNOWN_COMMAND,
    invalid_form,
    missing_access,
    unknown,
)
from bot.playground.rest import Call, Route
from bot.playground.state import Payload
from bot.playground.world import World


class CommandRoutes:
    """Registering commands."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """Return all operations."""
        found = []
        for scope in (
            "/applications/{application_id}/commands",
            "/applications/{application_id}/guilds/{guild_id}/commands",
        ):
            one = scope + "/{command_id}"
            found += [
                Route("GET", scope, self.registered),
                Route("PUT", scope, self.overwrite),
                Route("POST", scope, self.create),
                Route("GET", one, self.read),
                Route("PATCH", one, self.edit),
                Route("DELETE", one, self.delete),
            ]
        permissions = "/applications/{application_id}/guilds/{guild_id}/commands/permissions"
        return [*found, Route("GET", permissions, self.permissions)]

    async def registered(self, call: Call) -> list[Payload]:
        """Get Application Commands."""
        return [*self._scope(call).values()]

    async def overwrite(self, call: Call) -> list[Payload]:
        """Bulk Overwrite: a command of the same type and name keeps its id."""
        scope, guild = self._scope(call), self._guild(call)
        wanted: list[Payload] = call.body if isinstance(call.body, list) else []
        problems = commands_problems(wanted)
        if problems:
            raise invalid_form(problems)
        old = {_key(each): each for each in scope.values()}
        scope.clear()
        for body in wanted:
            known = old.get(_key(body))
            self._put(scope, guild, body, int(known["id"]) if known else None)
        return [*scope.values()]

    async def create(self, call: Call) -> Payload:
        """Create, or overwrite the one of the same type and name."""
        scope = self._scope(call)
        known = next((each for each in scope.values() if _key(each) == _key(call.form)), None)
        others = [each for each in scope.values() if each is not known]
        problems = command_problems(call.form) or commands_problems([*others, call.form])
        if problems:
            raise invalid_form(problems)
        return self._put(scope, self._guild(call), call.form, int(known["id"]) if known else None)

    async def read(self, call: Call) -> Payload:
        """Get Application Command."""
        return self._command(call)

    async def edit(self, call: Call) -> Payload:
        """Edit Application Command."""
        command = self._command(call)
        body = {**command, **call.form}
        problems = command_problems(body)
        if problems:
            raise invalid_form(problems)
        return self._put(self._scope(call), self._guild(call), body, int(command["id"]))

    async def delete(self, call: Call) -> None:
        """Delete Application Command."""
        del self._scope(call)[int(self._command(call)["id"])]

    async def permissions(self, call: Call) -> list[Payload]:
        """Get Guild Application Command Permissions; nobody has changed any."""
        self._scope(call)
        return []

    def _guild(self, call: Call) -> int | None:
        return call.id("guild_id") if "guild_id" in call.words else None

    def _scope(self, call: Call) -> dict[int, Payload]:
        if call.id("application_id") != self._world.application_id:
            raise missing_access()
        guild_id = self._guild(call)
        guild = None if guild_id is None else self._world.guilds.get(guild_id)
        if guild_id is not None and (guild is None or not guild.installed):
            raise missing_access()
        return self._world.commands.setdefault(guild_id, {})

    def _command(self, call: Call) -> Payload:
        command = self._scope(call).get(call.id("command_id"))
        if command is None:
            raise unknown("Application Command", UNKNOWN_COMMAND)
        return command

    def _put(
        self, scope: dict[int, Payload], guild: int | None, body: Payload, number: int | None
    ) -> Payload:
        """Store a command, completed as Discord answers it."""
        number = number or self._world.snowflakes.next()
        permissions = body.get("default_member_permissions")
        command: Payload = {
            "id": str(number),
            "application_id": str(self._world.application_id),
            "version": str(self._world.snowflakes.next()),
            "type": body.get("type") or 1,
            "name": body["name"],
            "name_localizations": body.get("name_localizations"),
            "description": body.get("description") or "",
            "description_localizations": body.get("description_localizations"),
            "default_member_permissions": None if permissions is None else str(permissions),
            "nsfw": bool(body.get("nsfw")),
        }
        if body.get("options"):
            command["options"] = body["options"]
        if guild is None:
            private = body.get("dm_permission") is not False
            command["dm_permission"] = private
            command["contexts"] = body.get("contexts")
            command["integration_types"] = body.get("integration_types") or [0, 1]
        else:
            command["guild_id"] = str(guild)
        scope[number] = command
        return command


def _key(command: Payload) -> tuple[int, str]:
    return command.get("type") or 1, str(command.get("name"))
