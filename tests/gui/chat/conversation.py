"""A conversation to look at: what a team says in a day, in Korean and English, with everything a message may hold."""

from pathlib import Path
from uuid import UUID

import msgspec
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from presence_desktop.core.chat.files import FileState
from presence_desktop.core.chat.row import Delivery, LocalFile
from presence_desktop.gui.chat.view import ChatView
from presence_desktop.protocol.chat import Attachment, Message, Quote, Reaction
from presence_desktop.protocol.errors import Code
from tests.gui.chat.stage import NOON, Stage, key, message, unsent
from tests.wire.made import made

CODE = """Found it. The cursor was never closed:

```python
def rows(self, query: str) -> list[Row]:
    with self.pool.connection() as link:  # 여기가 문제
        return [Row(*found) for found in link.execute(query, timeout=2.5)]
```

Deployed to `staging`, see https://ci.example.org/builds/4821."""
DAY = 86_400_000


def painted(path: Path, width: int = 900, height: int = 600) -> str:
    """A picture that looks like one."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(QPointF(0, 0), QPointF(0, height))
    sky.setColorAt(0, QColor("#3f7fd8"))
    sky.setColorAt(1, QColor("#f6d9a8"))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#fff3c4"))
    painter.drawEllipse(QPointF(width * 0.72, height * 0.3), height * 0.11, height * 0.11)
    painter.setBrush(QColor("#2c4a63"))
    painter.drawPolygon([QPointF(width * x, height * y) for x, y in ((0, 1), (0.3, 0.45), (0.62, 1))])
    painter.setBrush(QColor("#1d3448"))
    painter.drawPolygon([QPointF(width * x, height * y) for x, y in ((0.35, 1), (0.66, 0.55), (1, 1))])
    painter.end()
    image.save(str(path), "PNG")
    return str(path)


def attachment(
    number: int, name: str, size: int, kind: str = "application/pdf", **more: object
) -> Attachment:
    return made(Attachment, id=key(5000 + number), name=name, media_type=kind, size=size, **more)


def said() -> list[Message]:
    """Yesterday and today."""
    begun = NOON - DAY
    quote = Quote(id=key(4), seq=4, sender_id=4, text="내일 오전에 **시안 세 개**를 보여 드릴게요.")
    picture = attachment(1, "mountains.png", 482_113, "image/png", width=900, height=600, has_thumbnail=True)
    return [
        message(1, "Morning everyone 👋", 2, begun),
        message(2, "The new build is on staging. Please try it before lunch.", 2, begun + 30_000),
        message(3, "고마워요! 점심 먹고 바로 볼게요.", 4, begun + 300_000),
        message(4, "내일 오전에 **시안 세 개**를 보여 드릴게요.", 4, begun + 320_000,
                reactions=[Reaction(emoji="👍", user_ids=[1, 2, 3]), Reaction(emoji="🎉", user_ids=[3])]),
        message(5, "Great, looking forward to it", 3, NOON - 5_400_000, reply_to=quote),
        message(6, CODE, 3, NOON - 5_300_000, pinned_at=NOON, pinned_by=2),
        message(7, '@"이하늘" 이거 확인 부탁해요. *급하지 않아요*, ~~오늘~~ 내일까지면 됩니다.', 6,
                NOON - 4_000_000, mentions=[1]),
        message(8, "- [x] palette\n- [ ] type scale\n    1. headings\n    2. body\n- [ ] dark mode\n\n"
                "> Contrast first,\n> then taste.",
                5, NOON - 3_600_000),
        message(9, "이번 주말에 다녀온 곳이에요 ⛰️", 4, NOON - 3_000_000, attachments=[picture],
                reactions=[Reaction(emoji="😍", user_ids=[2, 5, 6, 7])]),
        message(10, "", 4, NOON - 2_950_000,
                attachments=[attachment(2, "2026년 4분기 디자인 계획 – final (3).pdf", 2_481_113)]),
        message(11, "", 5, NOON - 2_400_000, deleted_at=NOON),
        message(12, "😍", 2, NOON - 1_900_000),
        message(13, "I moved the retro to *Thursday*, 14:00. Does that work for @all?", 1, NOON - 900_000,
                edited_at=NOON - 800_000, mentions_all=True),
        message(14, "네, 좋아요!", 1, NOON - 700_000),
    ]  # fmt: skip


def staged(stage: Stage, folder: Path, *, unread: int | None = 12) -> ChatView:
    """Shows it, with what waits in the outbox below."""
    path = painted(folder / "mountains.png")
    stage.chats.states[key(5001)] = FileState(thumbnail=path, picture=path)
    stage.open(said(), unread)
    report = attachment(3, "screen-recording.mp4", 48_211_113, "video/mp4")
    waits = unsent(20, "그리고 이 파일도요", Delivery.UPLOADING, progress=0.42,
                   files=(LocalFile("/tmp/x.mp4", report.name, report.size),))  # fmt: skip
    waits = type(waits)(
        waits.key, msgspec.structs.replace(waits.message, attachments=[report]), waits.state, progress=0.42,
        files=waits.files,
    )  # fmt: skip
    window = stage.window
    for at, state in ((-2, Delivery.READ), (-1, Delivery.DELIVERED)):
        row = window.rows[at]
        place = len(window.rows) + at
        changed = type(row)(
            row.key, row.message, state, follows=row.follows, new_day=row.new_day, new_line=row.new_line
        )
        stage.put(window.change(place, changed))
    stage.put(window.append(waits, unsent(21, "Sending this from the train", Delivery.PENDING)))
    stage.put(
        window.append(unsent(22, "And this one is too long", Delivery.FAILED, error=Code.TEXT_TOO_LONG))
    )
    return stage.pane.view


def uuid_of(number: int) -> UUID:
    return key(number)
