"""People's pictures on this computer: each is fetched once, when somebody first wants to paint it."""

from presence_desktop.core.chat_ports import ChatGateway


class Avatars:
    """Where pictures are, by the `avatar` of their people."""

    def __init__(self, gateway: ChatGateway) -> None:
        self._gateway = gateway
        self._paths: dict[str, str] = {}
        self._asked: set[str] = set()

    def path(self, avatar: str | None) -> str | None:
        """Where this picture is; None where there is none, or it is on its way."""
        if avatar is None:
            return None
        path = self._paths.get(avatar)
        if path is None and avatar not in self._asked:
            self._asked.add(avatar)
            self._gateway.fetch_avatar(avatar)
        return path

    def arrived(self, avatar: str, path: str) -> None:
        """This picture is here."""
        self._paths[avatar] = path

    def linked(self) -> None:
        """The link is up: what could not be fetched may be asked for again."""
        self._asked = set(self._paths)

    def clear(self) -> None:
        """Another server's pictures are others."""
        self._paths.clear()
        self._asked.clear()
