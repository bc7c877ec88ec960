"""The REST calls of conversations that go over no link: uploads in pieces, downloads as they come, avatars, searching;
and whatever `core` puts together as a `RestCall`.

Decides nothing about when, how often or where to: `uploads` and `downloads` do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode
from uuid import UUID

import requests

from presence_desktop.core.rest_call import Answer, RestCall
from presence_desktop.net.encoding import said
from presence_desktop.net.rest import READ_SECONDS, Bytes, Rest
from presence_desktop.protocol import chat_rest
from presence_desktop.protocol.chat import SearchQuery
from presence_desktop.protocol.rest import Success

PICTURE_SECONDS = 30.0
"""So long may the server look at a large picture before it answers."""


class TransferCalls(Rest):
    """These calls of the server at this base URL. To be used by one thread at a time."""

    def search(self, token: str, query: SearchQuery) -> chat_rest.Found:
        """`GET /api/search`."""
        asked = urlencode(said(query))
        return self._call("GET", f"/api/search?{asked}", chat_rest.Found, token=token)

    def begin_upload(self, token: str, new: chat_rest.NewUpload) -> chat_rest.UploadState:
        """`POST /api/uploads`: begins, or finds what was begun before with this id."""
        return self._call("POST", "/api/uploads", chat_rest.UploadState, body=new, token=token)

    def upload_state(self, token: str, upload: UUID) -> chat_rest.UploadState:
        """`GET /api/uploads/{id}`: how much has arrived."""
        return self._call("GET", f"/api/uploads/{upload}", chat_rest.UploadState, token=token)

    def send_piece(self, token: str, upload: UUID, offset: int, piece: Bytes) -> chat_rest.UploadState:
        """`PUT /api/uploads/{id}?offset=N`: the bytes from there on."""
        path = f"/api/uploads/{upload}?offset={offset}"
        return self._call(
            "PUT", path, chat_rest.UploadState, body=piece, token=token, patience=PICTURE_SECONDS
        )

    def drop_upload(self, token: str, upload: UUID) -> None:
        """`DELETE /api/uploads/{id}`."""
        self._call("DELETE", f"/api/uploads/{upload}", Success, token=token)

    def set_avatar(self, token: str, picture: bytes) -> chat_rest.AvatarTaken:
        """`PUT /api/users/me/avatar`."""
        path, taken = "/api/users/me/avatar", chat_rest.AvatarTaken
        return self._call("PUT", path, taken, body=picture, token=token, patience=PICTURE_SECONDS)

    def drop_avatar(self, token: str) -> chat_rest.AvatarTaken:
        """`DELETE /api/users/me/avatar`."""
        return self._call("DELETE", "/api/users/me/avatar", chat_rest.AvatarTaken, token=token)

    def make(self, token: str, call: RestCall[Answer]) -> Answer:
        """The call that `core` put together."""
        patience = READ_SECONDS if call.patience is None else call.patience
        return self._call(call.method, call.path, call.answer, body=call.body, token=token, patience=patience)

    @contextmanager
    def read(
        self, path: str, token: str | None, begin: int = 0, etag: str | None = None
    ) -> Iterator[requests.Response]:
        """The bytes at this path, from `begin` on if they still are what `etag` names (206), else all (200).

        Raises `Refused`, in the body of the `with` too where the network breaks.
        """
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if begin and etag is not None:
            headers |= {"Range": f"bytes={begin}-", "If-Range": etag}
        try:
            with self._exchange("GET", path, token, None, headers) as response:
                yield response
        except requests.RequestException as error:
            raise self._judged(error) from None
