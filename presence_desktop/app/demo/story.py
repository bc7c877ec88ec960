"""What the simulated colleagues say: the rooms, what was said before the curtain rises, and what they go on with.

Plain values; `conversations` has them said.
"""

from msgspec import Struct

from presence_desktop.app.demo.cast import COLLEAGUES, ME
from presence_desktop.app.demo.drawing import Colour
from presence_desktop.protocol.chat import Visibility

MINSEO, NOAH, JIHU, AMELIA, SEOYEON, LUCAS, DOYUN, SOFIA, HAEUN, ETHAN, GRACE = (
    person.username for person in COLLEAGUES
)
SKY = ME.username

LAUNCH, DESIGN, LUNCH = "launch", "design", "lunch"
WITH_GRACE, WITH_JIHU, WITH_NOAH = "grace", "jihu", "noah"


class Room(Struct, frozen=True):
    """A room; the first of its people owns it."""

    title: str
    topic: str
    people: tuple[str, ...]
    visibility: Visibility = Visibility.PUBLIC


class Say(Struct, frozen=True):
    """Somebody says something, once they have typed for a while."""

    where: str
    who: str
    text: str
    name: str = ""
    """What others refer to it by."""
    answers: str = ""
    picture: str = ""
    """The file name of a picture that comes with it."""


class React(Struct, frozen=True):
    """Somebody reacts to what was said."""

    who: str
    to: str
    emoji: str


class Pin(Struct, frozen=True):
    """Somebody pins what was said."""

    who: str
    what: str


class Read(Struct, frozen=True):
    """These people have read everything so far."""

    where: str
    who: tuple[str, ...]


Cue = Say | React | Pin | Read

ROOMS = {
    LAUNCH: Room(
        "출시 준비 7.2",
        "금요일 오후 3시 출시 · checklist pinned",
        (MINSEO, SKY, NOAH, JIHU, LUCAS, SOFIA, GRACE),
    ),
    DESIGN: Room(
        "Design review", "Screens, words, icons", (AMELIA, SKY, SOFIA, NOAH, GRACE), Visibility.PRIVATE
    ),
    LUNCH: Room("점심 같이 가요", "오늘 뭐 먹지? 🍜", (SEOYEON, DOYUN, JIHU, HAEUN)),
}

DIRECT = {WITH_GRACE: GRACE, WITH_JIHU: JIHU, WITH_NOAH: NOAH}
"""Who talks with oneself alone."""

FACES: dict[str, tuple[Colour, Colour, Colour]] = {
    GRACE: ((88, 132, 226), (38, 110, 84), (255, 214, 92)),
    NOAH: ((36, 44, 92), (20, 24, 52), (240, 240, 250)),
    SOFIA: ((246, 138, 92), (112, 54, 92), (255, 226, 150)),
    SEOYEON: ((120, 196, 214), (72, 148, 62), (255, 246, 190)),
}
"""Who has a picture: the colours of its sky, hills and sun. The others have their initials."""

_CHECKLIST = """**출시 전 체크리스트**

1. 마이그레이션 리허설 — @박지후
2. Release notes (ko/en) — @"Grace Kim"
3. 부하 시험 결과 공유 — @"Noah Fischer"

> 하나라도 빨간불이면 월요일로 미룹니다."""

_CODE = """The slow query was this one:

```sql
SELECT room_id, MAX(seq)
FROM messages
GROUP BY room_id;
```

With the index it takes `3 ms` instead of `410 ms`."""

PAST: tuple[Cue, ...] = (
    Say(LAUNCH, MINSEO, "좋은 아침이에요! 오늘 출시 준비 방 새로 열었습니다 🎉", "opened"),
    Say(LAUNCH, MINSEO, _CHECKLIST, "checklist"),
    Pin(MINSEO, "checklist"),
    Say(LAUNCH, LUCAS, "Morning! I take the installer for Windows."),
    Say(LAUNCH, SKY, "저는 알림 쪽 마지막으로 확인할게요."),
    React(MINSEO, "opened", "🎉"),
    React(SOFIA, "opened", "🎉"),
    React(SKY, "opened", "🚀"),
    Say(LAUNCH, NOAH, _CODE, "query"),
    React(JIHU, "query", "👏"),
    React(SKY, "query", "👏"),
    React(GRACE, "query", "🔥"),
    Say(LAUNCH, SKY, "410 → 3 ms! 그럼 부하 시험도 다시 돌려 볼까요?", "again", answers="query"),
    Read(LAUNCH, (MINSEO, NOAH, JIHU, LUCAS, SOFIA, GRACE, SKY)),
    Say(
        DESIGN,
        AMELIA,
        "New empty states are in the shared folder. Opinions welcome, *especially* on the dark ones.",
    ),
    Say(DESIGN, SKY, "The illustration on the search page is lovely.", "lovely"),
    React(AMELIA, "lovely", "❤️"),
    Say(DESIGN, SOFIA, "회색 글씨 대비가 살짝 약해 보여요. 4.5:1 맞나요?", "contrast"),
    Say(DESIGN, AMELIA, "Good catch. It was 4.1, now it is 4.8.", answers="contrast"),
    Read(DESIGN, (AMELIA, SOFIA, NOAH, GRACE, SKY)),
    Say(LUNCH, SEOYEON, "오늘 날씨 좋은데 밖에서 먹을까요?"),
    Say(LUNCH, DOYUN, "찬성이요! 국수집 어때요?"),
    Say(LUNCH, HAEUN, "저는 10분 늦어요 🏃"),
    Say(WITH_NOAH, NOAH, "Did the load test finish on your side?"),
    Say(WITH_NOAH, SKY, "Yes, all green. I'll send you the numbers after lunch."),
    Say(WITH_NOAH, NOAH, "Perfect, thanks!"),
    Read(WITH_NOAH, (NOAH, SKY)),
    Say(WITH_JIHU, SKY, "리허설 몇 시에 시작해요?"),
    Say(WITH_JIHU, JIHU, "11시요. 화면 공유 링크는 여기: https://example.org/rehearsal"),
    Read(WITH_JIHU, (JIHU, SKY)),
    # what waits to be read when the curtain rises
    Say(LAUNCH, NOAH, "Numbers of the second run:", "numbers", picture="load-test.png"),
    React(MINSEO, "numbers", "👍"),
    React(LUCAS, "numbers", "👍"),
    Say(LAUNCH, JIHU, "리허설 끝났습니다. 14분 걸렸고 롤백도 한 번 해 봤어요. 문제 없음 ✅", "rehearsed"),
    React(GRACE, "rehearsed", "🙌"),
    Say(LAUNCH, GRACE, f"@{SKY} could you read the Korean release notes once more? Page 2 is new."),
    Say(WITH_GRACE, GRACE, "점심 먹고 잠깐 시간 있어요? 릴리스 노트 한 문장이 마음에 걸려서요 🙂"),
)

DIALOGUES: tuple[tuple[Cue, ...], ...] = (
    (
        Say(LAUNCH, LUCAS, "Installer is signed. Size went down by 6 MB 💪", "signed"),
        React(MINSEO, "signed", "💪"),
        Say(LAUNCH, SOFIA, "6 MB나요? 어디서 줄었어요?", "where", answers="signed"),
        Say(LAUNCH, LUCAS, "Unused Qt translations, mostly.", answers="where"),
        React(MINSEO, "where", "👀"),
    ),
    (Say(WITH_GRACE, GRACE, "아, 급한 건 아니에요. 커피 마시면서 얘기해요 ☕"),),
    (
        Say(DESIGN, SOFIA, "Which icon for *mute*? Bell with a stroke, or a moon?", "icon"),
        Say(DESIGN, AMELIA, "Bell with a stroke. The moon is *away* already.", answers="icon"),
        React(GRACE, "icon", "🔕"),
    ),
    (
        Say(LAUNCH, MINSEO, "회의실 3층으로 옮겼어요. 2시에 봬요!", "moved"),
        React(NOAH, "moved", "👌"),
        Say(LAUNCH, NOAH, "On my way."),
    ),
    (
        Say(WITH_JIHU, JIHU, "오늘 배포 로그 `deploy-0712.txt`에 정리해 뒀어요."),
        Say(WITH_JIHU, JIHU, "시간 될 때 한번 봐 주세요 🙏"),
    ),
    (
        Say(LAUNCH, GRACE, "Release notes are final: **ko** and **en**. Thank you all!", "final"),
        React(MINSEO, "final", "🎉"),
        React(JIHU, "final", "🎉"),
        Say(LAUNCH, JIHU, "고생 많으셨어요 👏", answers="final"),
    ),
    (Say(WITH_NOAH, NOAH, "One more run tonight, just to be sure. I'll write when it's done."),),
)
"""What they go on with, one dialogue after another, and again from the beginning."""

REPLIES = (
    "네, 확인했습니다!",
    "Got it, thanks 🙂",
    "좋아요, 그렇게 해요.",
    "Makes sense to me.",
    "잠시만요, 찾아볼게요.",
    "👍",
    "Good point. Let me check.",
    "오, 좋은데요?",
)
"""With what somebody answers oneself."""

REACTIONS = ("👍", "❤️", "😄", "🙏", "🎉")


def typing_seconds(text: str) -> float:
    """How long one types at this: not as long as in life, nobody would watch."""
    return min(5.0, 1.2 + len(text) * 0.03)
