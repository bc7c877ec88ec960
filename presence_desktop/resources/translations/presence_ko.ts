<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>Attached</name>
    <message>
        <source>Remove {name}</source>
        <translation>{name} 빼기</translation>
    </message>
</context>
<context>
    <name>AuditDialog</name>
    <message>
        <source>Who did what</source>
        <translation>누가 무엇을 했나</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>한 일</translation>
    </message>
    <message>
        <source>Search names and addresses</source>
        <translation>이름과 주소로 찾기</translation>
    </message>
    <message>
        <source>Nothing of this kind is in the log.</source>
        <translation>이런 기록은 없습니다.</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>아직 기록이 없습니다.</translation>
    </message>
    <message>
        <source>Every act of looking after this server is kept here, and nobody can change it.</source>
        <translation>이 서버를 관리한 일이 모두 여기에 남고, 아무도 고칠 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>AvatarDialog</name>
    <message>
        <source>Your picture</source>
        <translation>내 사진</translation>
    </message>
    <message>
        <source>Part of the picture</source>
        <translation>사진에서 쓸 부분</translation>
    </message>
    <message>
        <source>Arrow keys move it, plus and minus enlarge it</source>
        <translation>화살표로 옮기고, 더하기와 빼기로 크기를 바꿉니다</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>사진 고르기…</translation>
    </message>
    <message>
        <source>Remove picture</source>
        <translation>사진 지우기</translation>
    </message>
    <message>
        <source>Use this picture</source>
        <translation>이 사진 쓰기</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Choose a picture</source>
        <translation>사진 고르기</translation>
    </message>
    <message>
        <source>Drag the picture, and enlarge it with the wheel.</source>
        <translation>사진을 끌어 옮기고, 휠로 크기를 맞추세요.</translation>
    </message>
    <message>
        <source>PNG, JPEG or WebP. You can also drop or paste one here.</source>
        <translation>PNG, JPEG, WebP를 쓸 수 있습니다. 여기에 끌어다 놓거나 붙여 넣어도 됩니다.</translation>
    </message>
</context>
<context>
    <name>BackupsCard</name>
    <message>
        <source>Backups</source>
        <translation>백업</translation>
    </message>
    <message>
        <source>Made by the server once a day. A copy on another disk outlives this computer.</source>
        <translation>서버가 하루에 한 번 만듭니다. 다른 디스크에 복사해 두면 이 컴퓨터가 고장 나도 남습니다.</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>백업하는 중…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>지금 백업</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation>아직 백업이 없습니다.</translation>
    </message>
    <message>
        <source>The last one: {time}, {size}</source>
        <translation>마지막 백업: {time}, {size}</translation>
    </message>
</context>
<context>
    <name>BrowseDialog</name>
    <message>
        <source>Public rooms</source>
        <translation>공개 방</translation>
    </message>
    <message>
        <source>Search rooms</source>
        <translation>방 찾기</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>들어가기</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Looking which rooms there are…</source>
        <translation>어떤 방이 있는지 보고 있습니다…</translation>
    </message>
    <message>
        <source>No room is called “{name}”.</source>
        <translation>“{name}” 방이 없습니다.</translation>
    </message>
    <message>
        <source>There is no public room yet.
Make one, and everybody finds it here.</source>
        <translation>아직 공개 방이 없습니다.
방을 만들면 모두가 여기에서 찾을 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>What you were just writing was not sent.</source>
        <translation>방금 쓰시던 글은 보내지 못했습니다.</translation>
    </message>
    <message>
        <source>What you changed in a message was not taken.</source>
        <translation>고친 메시지가 저장되지 않았어요.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>메시지</translation>
    </message>
</context>
<context>
    <name>ColumnPage</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
</context>
<context>
    <name>Coming</name>
    <message>
        <source>You are on this server already.</source>
        <translation>이미 이 서버에 들어와 있습니다.</translation>
    </message>
</context>
<context>
    <name>Completion</name>
    <message>
        <source>all (everybody here)</source>
        <translation>all (여기 있는 모두)</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation>파일 붙이기</translation>
    </message>
    <message numerus="yes">
        <source>%n characters left</source>
        <translation>
            <numerusform>%n자 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>Editing: {text}</source>
        <translation>고치는 중: {text}</translation>
    </message>
    <message>
        <source>Answering {name}: {text}</source>
        <translation>{name}님에게 답장: {text}</translation>
    </message>
    <message>
        <source>Insert an emoji</source>
        <translation>이모지 넣기</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>ContactModel</name>
    <message>
        <source>Conversations</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>No people of that name</source>
        <translation>그런 이름의 사람은 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>항목 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContactPane</name>
    <message>
        <source>Search people and rooms</source>
        <translation>사람과 방 찾기</translation>
    </message>
    <message>
        <source>Conversations and people</source>
        <translation>대화와 사람</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
    <message>
        <source>New room, public rooms, search in messages</source>
        <translation>새 방, 공개 방, 메시지 찾기</translation>
    </message>
    <message>
        <source>New</source>
        <translation>새로 만들기</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사했습니다</translation>
    </message>
</context>
<context>
    <name>CopyField</name>
    <message>
        <source>Copy: {what}</source>
        <translation>복사: {what}</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>The app cannot start. The report helps to mend it.</source>
        <translation>앱을 시작할 수 없습니다. 보고서는 문제를 고치는 데 도움이 됩니다.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>예상하지 못한 문제가 생겼습니다.</translation>
    </message>
    <message>
        <source>You can go on. If something looks odd, start the app again. The report helps to mend it.</source>
        <translation>계속 사용할 수 있습니다. 이상해 보이면 앱을 다시 시작하세요. 보고서는 문제를 고치는 데 도움이 됩니다.</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>보고서 복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>CustomStatusDialog</name>
    <message>
        <source>Custom status</source>
        <translation>상태 메시지</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>이모지</translation>
    </message>
    <message>
        <source>What are you up to?</source>
        <translation>지금 무엇을 하고 있나요?</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Use {emoji}</source>
        <translation>{emoji} 사용</translation>
    </message>
    <message>
        <source>More emoji</source>
        <translation>이모지 더 보기</translation>
    </message>
    <message>
        <source>Set status</source>
        <translation>상태 설정</translation>
    </message>
    <message>
        <source>Clear status</source>
        <translation>상태 지우기</translation>
    </message>
    <message>
        <source>when I clear it</source>
        <translation>내가 지울 때까지</translation>
    </message>
    <message>
        <source>Date and time…</source>
        <translation>날짜와 시간…</translation>
    </message>
</context>
<context>
    <name>Day</name>
    <message>
        <source>{day}, from</source>
        <translation>{day} 시작</translation>
    </message>
    <message>
        <source>{day}, until</source>
        <translation>{day} 종료</translation>
    </message>
    <message>
        <source>next day</source>
        <translation>다음 날</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>Delete this message?</source>
        <translation>이 메시지를 지울까요?</translation>
    </message>
    <message>
        <source>It disappears for everybody in this conversation.</source>
        <translation>이 대화에 있는 모두에게서 사라집니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Save file</source>
        <translation>파일 저장</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>About this room</source>
        <translation>방 정보</translation>
    </message>
    <message>
        <source>Mute: no notifications from this room on this computer</source>
        <translation>알림 끄기: 이 컴퓨터에서 이 방의 알림을 받지 않습니다</translation>
    </message>
    <message>
        <source>Leave room</source>
        <translation>방 나가기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message numerus="yes">
        <source>%n members</source>
        <translation>
            <numerusform>멤버 %n명</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DevicesDialog</name>
    <message>
        <source>Where you are signed in</source>
        <translation>로그인한 기기</translation>
    </message>
    <message>
        <source>If one is not yours, sign it out and change your password.</source>
        <translation>모르는 기기가 있으면 로그아웃하고 비밀번호를 바꾸세요.</translation>
    </message>
    <message>
        <source>A device without a name</source>
        <translation>이름 없는 기기</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Sign out on {device}</source>
        <translation>{device}에서 로그아웃</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>이 기기</translation>
    </message>
    <message>
        <source>Connected now</source>
        <translation>지금 연결됨</translation>
    </message>
    <message>
        <source>Last used {when}</source>
        <translation>마지막 사용: {when}</translation>
    </message>
    <message>
        <source>signed in {when}</source>
        <translation>로그인: {when}</translation>
    </message>
</context>
<context>
    <name>DropSign</name>
    <message>
        <source>Drop files here to attach them</source>
        <translation>여기에 파일을 놓으면 첨부돼요</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>Search emoji</source>
        <translation>이모지 찾기</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>이모지</translation>
    </message>
    <message>
        <source>No emoji is called “{name}”.</source>
        <translation>“{name}” 이모지가 없습니다.</translation>
    </message>
    <message>
        <source>Choose an emoji</source>
        <translation>이모지를 고르세요</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Loading messages…</source>
        <translation>메시지를 불러오는 중…</translation>
    </message>
    <message>
        <source>Nothing is noted yet. What you write here nobody else sees.</source>
        <translation>아직 메모가 없습니다. 여기에 쓴 글은 나만 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing has been said here yet. Write the first message to {name}.</source>
        <translation>아직 주고받은 말이 없습니다. {name}에 첫 메시지를 써 보세요.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
</context>
<context>
    <name>EndTimeDialog</name>
    <message>
        <source>Until when?</source>
        <translation>언제까지?</translation>
    </message>
    <message>
        <source>Ends by itself at</source>
        <translation>저절로 끝나는 시각</translation>
    </message>
</context>
<context>
    <name>FactsCard</name>
    <message>
        <source>People and storage</source>
        <translation>사람과 저장 공간</translation>
    </message>
    <message>
        <source>Look after people…</source>
        <translation>사람 관리…</translation>
    </message>
    <message>
        <source>Who did what…</source>
        <translation>누가 무엇을 했나…</translation>
    </message>
    <message>
        <source>{connected} of {people}</source>
        <translation>{people}명 중 {connected}명</translation>
    </message>
    <message>
        <source>Connected now</source>
        <translation>지금 접속</translation>
    </message>
    <message>
        <source>Running since</source>
        <translation>시작한 때</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>One moment…</source>
        <translation>잠시만요…</translation>
    </message>
</context>
<context>
    <name>FoundModel</name>
    <message>
        <source>{name} in {room}</source>
        <translation>{name} · {room}</translation>
    </message>
    <message>
        <source>{name} to {other}</source>
        <translation>{name} → {other}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message numerus="yes">
        <source>%n members</source>
        <translation>
            <numerusform>멤버 %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>목록으로</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>Pinned messages</source>
        <translation>고정한 메시지</translation>
    </message>
    <message>
        <source>Search here</source>
        <translation>여기에서 찾기</translation>
    </message>
    <message>
        <source>Here now: {names}</source>
        <translation>지금 보고 있는 사람: {names}</translation>
    </message>
</context>
<context>
    <name>HostForm</name>
    <message numerus="yes">
        <source>Use at least %n characters.</source>
        <translation>
            <numerusform>%n자 이상으로 정하세요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the name others will see.</source>
        <translation>다른 사람에게 보일 이름을 입력하세요.</translation>
    </message>
    <message>
        <source>Type an e-mail address, for example you@example.org.</source>
        <translation>이메일 주소를 입력하세요. 예: you@example.org</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>서버 시작</translation>
    </message>
    <message>
        <source>Starting the server…</source>
        <translation>서버를 시작하는 중…</translation>
    </message>
    <message>
        <source>Host on this computer</source>
        <translation>이 컴퓨터에서 호스팅</translation>
    </message>
    <message>
        <source>Your account comes first: it owns the server and invites the others.</source>
        <translation>먼저 내 계정을 만듭니다. 이 계정이 서버의 주인이 되어 다른 사람을 초대합니다.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>as others will see it</source>
        <translation>다른 사람에게 보이는 이름</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>이메일 주소</translation>
    </message>
    <message>
        <source>you@example.org</source>
        <translation>you@example.org</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>새 비밀번호</translation>
    </message>
    <message numerus="yes">
        <source>at least %n characters</source>
        <translation>
            <numerusform>%n자 이상</numerusform>
        </translation>
    </message>
    <message>
        <source>Reachable from my network</source>
        <translation>내 네트워크에서 접속 허용</translation>
    </message>
    <message>
        <source>Encrypted, and only for those whom you invite. Without it only this computer can connect.</source>
        <translation>암호화되고, 초대한 사람만 들어옵니다. 끄면 이 컴퓨터에서만 접속할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>HostStrip</name>
    <message>
        <source>Your server…</source>
        <translation>내 서버…</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>The server on this computer is stopped. Nobody&apos;s status is known until it runs again.</source>
        <translation>이 컴퓨터의 서버가 멈춰 있습니다. 다시 시작할 때까지 아무의 상태도 알 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>HostingPage</name>
    <message>
        <source>Your server</source>
        <translation>내 서버</translation>
    </message>
    <message>
        <source>Hand out the invite link or the QR code. Others need no more.</source>
        <translation>초대 링크나 QR 코드를 나눠 주세요. 그것만 있으면 들어올 수 있습니다.</translation>
    </message>
    <message>
        <source>So far only this computer can join. To invite others, let your network in below.</source>
        <translation>지금은 이 컴퓨터에서만 참여할 수 있습니다. 다른 사람을 초대하려면 아래에서 네트워크 접속을 허용하세요.</translation>
    </message>
    <message>
        <source>Go to the people</source>
        <translation>사람 목록으로</translation>
    </message>
</context>
<context>
    <name>InviteCard</name>
    <message>
        <source>Invite people</source>
        <translation>사람 초대하기</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>사용 가능 인원</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>끝나는 때</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n명</numerusform>
        </translation>
    </message>
    <message>
        <source>in an hour</source>
        <translation>1시간 뒤</translation>
    </message>
    <message>
        <source>in a day</source>
        <translation>하루 뒤</translation>
    </message>
    <message>
        <source>in 7 days</source>
        <translation>7일 뒤</translation>
    </message>
    <message>
        <source>in 30 days</source>
        <translation>30일 뒤</translation>
    </message>
    <message>
        <source>Invite link</source>
        <translation>초대 링크</translation>
    </message>
    <message>
        <source>Invite code</source>
        <translation>초대 코드</translation>
    </message>
    <message>
        <source>Picture of the invite link, to be photographed</source>
        <translation>초대 링크의 QR 코드, 카메라로 찍으세요</translation>
    </message>
    <message>
        <source>The link holds all that is needed. By hand: the address and the code. It is shown this once.</source>
        <translation>링크에 필요한 것이 다 들어 있습니다. 직접 입력할 때는 주소와 코드를 쓰세요. 지금 한 번만 보입니다.</translation>
    </message>
    <message>
        <source>Make another invite</source>
        <translation>초대 하나 더 만들기</translation>
    </message>
    <message>
        <source>Make an invite</source>
        <translation>초대 만들기</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>잠시만요…</translation>
    </message>
    <message>
        <source>Open invites</source>
        <translation>열려 있는 초대</translation>
    </message>
    <message>
        <source>No invite is open.</source>
        <translation>열려 있는 초대가 없습니다.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Revoke: {invite}</source>
        <translation>초대 취소: {invite}</translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message>
        <source>Invite to {room}</source>
        <translation>{room}에 초대</translation>
    </message>
    <message>
        <source>They see everything that was said here before.</source>
        <translation>초대한 사람은 지금까지의 대화를 모두 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Invite</source>
        <translation>초대</translation>
    </message>
    <message numerus="yes">
        <source>Invite %n people</source>
        <translation>
            <numerusform>%n명 초대</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JoinPage</name>
    <message numerus="yes">
        <source>Use at least %n characters.</source>
        <translation>
            <numerusform>%n자 이상으로 정하세요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Type the name others will see.</source>
        <translation>다른 사람에게 보일 이름을 입력하세요.</translation>
    </message>
    <message>
        <source>By this computer&apos;s clock this invite has ended. If you cannot join, ask for a new one.</source>
        <translation>이 컴퓨터의 시계로는 이 초대의 기간이 끝났습니다. 참여할 수 없으면 새 초대를 받아 주세요.</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>참여</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>참여하는 중…</translation>
    </message>
    <message>
        <source>Join {server}</source>
        <translation>{server}에 참여</translation>
    </message>
    <message>
        <source>Join your team</source>
        <translation>팀에 참여</translation>
    </message>
    <message>
        <source>Paste the invite link into the first field, or type the address and the code.</source>
        <translation>첫 칸에 초대 링크를 붙여 넣거나, 주소와 초대 코드를 입력하세요.</translation>
    </message>
    <message>
        <source>Choose the name that others will see, and a password.</source>
        <translation>다른 사람에게 보일 이름과 비밀번호를 정하세요.</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>서버 주소</translation>
    </message>
    <message>
        <source>for example 192.168.0.12:3001, or the invite link</source>
        <translation>예: 192.168.0.12:3001, 또는 초대 링크</translation>
    </message>
    <message>
        <source>Invite code</source>
        <translation>초대 코드</translation>
    </message>
    <message>
        <source>as you were given it</source>
        <translation>받은 그대로</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>as others will see it</source>
        <translation>다른 사람에게 보이는 이름</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>새 비밀번호</translation>
    </message>
    <message numerus="yes">
        <source>at least %n characters</source>
        <translation>
            <numerusform>%n자 이상</numerusform>
        </translation>
    </message>
    <message>
        <source>I have an account: sign in</source>
        <translation>계정이 있습니다: 로그인</translation>
    </message>
</context>
<context>
    <name>KeyCard</name>
    <message>
        <source>Fingerprint of the key</source>
        <translation>키 지문</translation>
    </message>
</context>
<context>
    <name>LinkBanner</name>
    <message>
        <source>No connection. Nobody&apos;s status is known right now.</source>
        <translation>연결이 끊겼습니다. 지금은 누구의 상태도 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>지금 시도</translation>
    </message>
    <message>
        <source>Use my password</source>
        <translation>비밀번호로 로그인</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>시도하는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Next try in %n s</source>
        <translation>
            <numerusform>%n초 뒤 다시 시도</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockMark</name>
    <message>
        <source>Another key</source>
        <translation>다른 키</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>암호화 안 됨</translation>
    </message>
    <message>
        <source>How this server is recognised…</source>
        <translation>이 서버를 알아보는 방법…</translation>
    </message>
</context>
<context>
    <name>LogCard</name>
    <message>
        <source>Log</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>숨기기</translation>
    </message>
    <message>
        <source>Nothing has been said yet.</source>
        <translation>아직 기록이 없습니다.</translation>
    </message>
</context>
<context>
    <name>MachineCard</name>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Or: {addresses}</source>
        <translation>또는: {addresses}</translation>
    </message>
    <message>
        <source>Reachable from my network</source>
        <translation>내 네트워크에서 접속 허용</translation>
    </message>
    <message>
        <source>A change starts the server anew; everybody is back within seconds.</source>
        <translation>바꾸면 서버가 다시 시작됩니다. 모두 몇 초 안에 다시 연결됩니다.</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>서버 시작</translation>
    </message>
</context>
<context>
    <name>MembersDialog</name>
    <message>
        <source>Search members</source>
        <translation>멤버 찾기</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>Invite…</source>
        <translation>초대…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Make moderator</source>
        <translation>운영자로 지정</translation>
    </message>
    <message>
        <source>Make owner</source>
        <translation>방장으로 지정</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Make member</source>
        <translation>멤버로 바꾸기</translation>
    </message>
    <message>
        <source>Take ownership away</source>
        <translation>방장에서 내리기</translation>
    </message>
    <message numerus="yes">
        <source>%n members of {room}</source>
        <translation>
            <numerusform>{room} 멤버 %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>you</source>
        <translation>나</translation>
    </message>
    <message>
        <source>Remove {name} from this room?</source>
        <translation>{name}님을 이 방에서 내보낼까요?</translation>
    </message>
    <message>
        <source>They will see nothing of it any more.</source>
        <translation>더 이상 이 방의 내용을 볼 수 없게 됩니다.</translation>
    </message>
</context>
<context>
    <name>NameCard</name>
    <message>
        <source>Name of the server</source>
        <translation>서버 이름</translation>
    </message>
    <message>
        <source>Everybody sees it, from when they connect next. Without a name its address is shown.</source>
        <translation>모두에게 보입니다. 지금 연결된 사람에게는 다음에 연결할 때부터 보입니다. 이름이 없으면 주소가 보입니다.</translation>
    </message>
    <message>
        <source>{name}&apos;s team</source>
        <translation>{name}의 팀</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>잠시만요…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
</context>
<context>
    <name>NearbyButton</name>
    <message>
        <source>key {key}…</source>
        <translation>키 {key}…</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>암호화되지 않음</translation>
    </message>
    <message>
        <source>Join {server}</source>
        <translation>{server}에 들어가기</translation>
    </message>
</context>
<context>
    <name>NearbyList</name>
    <message>
        <source>Found on your network</source>
        <translation>내 네트워크에서 찾았습니다</translation>
    </message>
</context>
<context>
    <name>NewRoomDialog</name>
    <message>
        <source>New room</source>
        <translation>새 방</translation>
    </message>
    <message>
        <source>Make room</source>
        <translation>방 만들기</translation>
    </message>
    <message numerus="yes">
        <source>With %n people</source>
        <translation>
            <numerusform>함께할 사람 %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>With whom? (You can invite people later.)</source>
        <translation>누구와 함께할까요? (나중에 초대해도 됩니다.)</translation>
    </message>
</context>
<context>
    <name>NewestButton</name>
    <message>
        <source>Go to the newest message</source>
        <translation>최근 메시지로</translation>
    </message>
    <message numerus="yes">
        <source>Go to the newest message (%n new)</source>
        <translation>
            <numerusform>최근 메시지로 (새 메시지 %n개)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Nobody</name>
    <message>
        <source>Show the invite</source>
        <translation>초대 코드 보기</translation>
    </message>
    <message>
        <source>Search in messages</source>
        <translation>메시지에서 찾기</translation>
    </message>
    <message>
        <source>Nobody and no room is called “{name}”.</source>
        <translation>“{name}” 이름의 사람이나 방이 없습니다.</translation>
    </message>
    <message>
        <source>Looking who is there…</source>
        <translation>누가 있는지 확인하는 중…</translation>
    </message>
    <message>
        <source>Nobody else is here yet.
Hand out the invite, and they will appear.</source>
        <translation>아직 다른 사람이 없습니다.
초대 코드를 전하면 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Nobody else has an account here yet.</source>
        <translation>아직 다른 사람의 계정이 없습니다.</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Copied</source>
        <translation>복사했습니다</translation>
    </message>
    <message>
        <source>Copy what you wrote</source>
        <translation>쓴 글 복사</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Office</name>
    <message>
        <source>You look after this server now. “Your server…” in the menu leads to it.</source>
        <translation>이제 이 서버를 관리하게 되었습니다. 메뉴의 ‘내 서버…’에서 살펴볼 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>OwnSections</name>
    <message>
        <source>Remove the section “{name}”?</source>
        <translation>“{name}” 섹션을 없앨까요?</translation>
    </message>
    <message>
        <source>Who and what is in it stays in the list, below.</source>
        <translation>그 안의 사람과 대화방은 아래 목록에 남아 있습니다.</translation>
    </message>
    <message>
        <source>Remove section</source>
        <translation>섹션 없애기</translation>
    </message>
    <message>
        <source>{name}: in no section</source>
        <translation>{name}: 섹션에 없음</translation>
    </message>
    <message>
        <source>{name}: {section}, {place} of {count}</source>
        <translation>{name}: {section}, {count}개 중 {place}번째</translation>
    </message>
    <message>
        <source>{section}: folded</source>
        <translation>{section}: 접힘</translation>
    </message>
    <message>
        <source>{section}: unfolded</source>
        <translation>{section}: 펼쳐짐</translation>
    </message>
    <message>
        <source>Section {section}, {place} of {count}</source>
        <translation>{section} 섹션, {count}개 중 {place}번째</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Change your password</source>
        <translation>비밀번호 바꾸기</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>현재 비밀번호</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>새 비밀번호</translation>
    </message>
    <message>
        <source>At least 8 characters</source>
        <translation>8자 이상</translation>
    </message>
    <message>
        <source>New password, once more</source>
        <translation>새 비밀번호 다시 입력</translation>
    </message>
    <message>
        <source>Your other devices are signed out, this one stays signed in.</source>
        <translation>다른 기기에서는 모두 로그아웃되고, 이 기기는 로그인된 채로 남습니다.</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>비밀번호 바꾸기</translation>
    </message>
    <message>
        <source>At least 8 characters.</source>
        <translation>8자 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>This is not the same.</source>
        <translation>위와 같지 않습니다.</translation>
    </message>
    <message>
        <source>Your password is changed. Your other devices are signed out.</source>
        <translation>비밀번호를 바꿨습니다. 다른 기기에서는 로그아웃되었습니다.</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Hide password</source>
        <translation>비밀번호 숨기기</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>비밀번호 보기</translation>
    </message>
</context>
<context>
    <name>PeoplePicker</name>
    <message>
        <source>Search people</source>
        <translation>사람 찾기</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Nobody is called “{name}”.</source>
        <translation>“{name}” 이름의 사람이 없습니다.</translation>
    </message>
    <message>
        <source>There is nobody else to choose.</source>
        <translation>더 고를 사람이 없습니다.</translation>
    </message>
</context>
<context>
    <name>PersonModel</name>
    <message>
        <source>chosen</source>
        <translation>선택함</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>선택하지 않음</translation>
    </message>
</context>
<context>
    <name>ProfileCard</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Choose a conversation on the left,
or somebody to see how they are.</source>
        <translation>왼쪽에서 대화를 고르거나,
사람을 골라 상태를 보세요.</translation>
    </message>
    <message>
        <source>Choose somebody on the left to see how they are, since when, and why.</source>
        <translation>왼쪽에서 사람을 고르면 지금 상태와 그 시각, 이유를 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>There is no connection to the server.</source>
        <translation>서버와 연결되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>마지막 접속</translation>
    </message>
    <message>
        <source>Never yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Runs this server</source>
        <translation>서버 운영자</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
</context>
<context>
    <name>QuietMenu</name>
    <message>
        <source>Quiet for…</source>
        <translation>방해 금지…</translation>
    </message>
    <message>
        <source>Not quiet any more</source>
        <translation>방해 금지 끄기</translation>
    </message>
    <message>
        <source>Until {time}</source>
        <translation>{time}까지</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30분</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1시간</translation>
    </message>
    <message>
        <source>Until tomorrow, {time}</source>
        <translation>{time}까지</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>위로 옮기기</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>아래로 옮기기</translation>
    </message>
    <message>
        <source>Sign out of {server}</source>
        <translation>{server}에서 로그아웃</translation>
    </message>
    <message>
        <source>Remove {server}…</source>
        <translation>{server} 제거…</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>서버</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>서버 추가</translation>
    </message>
    <message>
        <source>Remove {server}?</source>
        <translation>{server}, 제거할까요?</translation>
    </message>
    <message>
        <source>You are signed out, and this computer forgets {account} and its conversations. What waits to be sent is lost.</source>
        <translation>로그아웃되고, 이 컴퓨터에서 {account} 계정과 대화가 지워집니다. 아직 보내지 못한 메시지는 사라집니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
</context>
<context>
    <name>RoomDesk</name>
    <message>
        <source>New room…</source>
        <translation>새 방…</translation>
    </message>
    <message>
        <source>Public rooms…</source>
        <translation>공개 방…</translation>
    </message>
    <message>
        <source>New section of the list…</source>
        <translation>목록의 새 섹션…</translation>
    </message>
    <message>
        <source>Search in messages</source>
        <translation>메시지 찾기</translation>
    </message>
    <message>
        <source>Notes to yourself</source>
        <translation>나에게 쓰는 메모</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Show profile</source>
        <translation>프로필 보기</translation>
    </message>
    <message>
        <source>Leave {room}?</source>
        <translation>{room}에서 나갈까요?</translation>
    </message>
    <message>
        <source>Its messages go from this computer. You can come back if it is public, or if you are invited.</source>
        <translation>이 방의 메시지가 이 컴퓨터에서 사라집니다. 공개 방이거나 초대를 받으면 다시 들어올 수 있습니다.</translation>
    </message>
    <message>
        <source>Leave room</source>
        <translation>방 나가기</translation>
    </message>
</context>
<context>
    <name>RoomForm</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>e.g. Design, 주간 회의</source>
        <translation>예: 디자인, 주간 회의</translation>
    </message>
    <message>
        <source>Topic (optional)</source>
        <translation>주제 (선택)</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>무엇에 대한 방인가요?</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>비공개</translation>
    </message>
    <message>
        <source>Only people who are invited.</source>
        <translation>초대받은 사람만 들어올 수 있습니다.</translation>
    </message>
    <message>
        <source>Everybody here can find and join it.</source>
        <translation>이 서버의 누구나 찾아서 들어올 수 있습니다.</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>공개</translation>
    </message>
</context>
<context>
    <name>RoomModel</name>
    <message numerus="yes">
        <source>%n members</source>
        <translation>
            <numerusform>멤버 %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>{members} · joined</source>
        <translation>{members} · 참여 중</translation>
    </message>
</context>
<context>
    <name>RunningCard</name>
    <message>
        <source>How it runs</source>
        <translation>실행 방식</translation>
    </message>
    <message>
        <source>Show it to apps in my network</source>
        <translation>내 네트워크의 앱에 보이기</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>컴퓨터를 켤 때 함께 시작</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>키 복사</translation>
    </message>
    <message>
        <source>Everything is encrypted. Whoever is asked about the key compares it with this one.</source>
        <translation>모두 암호화됩니다. 키를 확인하라는 물음을 받은 사람은 이것과 비교하면 됩니다.</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>서버 멈추기</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Search in all messages</source>
        <translation>모든 메시지에서 찾기</translation>
    </message>
    <message>
        <source>Found messages</source>
        <translation>찾은 메시지</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>From…</source>
        <translation>보낸 사람…</translation>
    </message>
    <message>
        <source>In…</source>
        <translation>대화…</translation>
    </message>
    <message>
        <source>Before…</source>
        <translation>이 날짜 전…</translation>
    </message>
    <message>
        <source>After…</source>
        <translation>이 날짜 뒤…</translation>
    </message>
    <message>
        <source>Said by somebody: from:name</source>
        <translation>보낸 사람: from:이름</translation>
    </message>
    <message>
        <source>In a room or with somebody: in:name</source>
        <translation>방이나 상대: in:이름</translation>
    </message>
    <message>
        <source>Said before a day: before:2026-11-23</source>
        <translation>어느 날 이전: before:2026-11-23</translation>
    </message>
    <message>
        <source>Said after a day: after:2026-11-23</source>
        <translation>어느 날 이후: after:2026-11-23</translation>
    </message>
    <message>
        <source>Search in messages</source>
        <translation>메시지 찾기</translation>
    </message>
    <message>
        <source>Pinned in {room}</source>
        <translation>{room}에 고정한 메시지</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Looking what is pinned…</source>
        <translation>고정한 메시지를 보고 있습니다…</translation>
    </message>
    <message>
        <source>Nothing is pinned here yet.
Pin what everybody should find again.</source>
        <translation>아직 고정한 메시지가 없습니다.
모두가 다시 찾아야 할 것을 고정해 두세요.</translation>
    </message>
    <message>
        <source>No message has “{words}” in it.</source>
        <translation>“{words}” 글이 든 메시지가 없습니다.</translation>
    </message>
    <message>
        <source>Type what you remember of it. All words must be found; Korean is found inside words too.</source>
        <translation>기억나는 말을 입력하세요. 모든 낱말이 들어 있는 메시지를 찾고, 한글은 낱말 속에서도 찾습니다.</translation>
    </message>
    <message>
        <source>Nobody has the name behind from:</source>
        <translation>from: 뒤의 이름을 가진 사람이 없습니다.</translation>
    </message>
    <message>
        <source>No room and nobody has the name behind in:</source>
        <translation>in: 뒤의 이름을 가진 방이나 사람이 없습니다.</translation>
    </message>
    <message>
        <source>Write days like this: before:2026-11-23</source>
        <translation>날짜는 이렇게 쓰세요: before:2026-11-23</translation>
    </message>
</context>
<context>
    <name>SectionNameDialog</name>
    <message>
        <source>Rename section</source>
        <translation>섹션 이름 바꾸기</translation>
    </message>
    <message>
        <source>New section</source>
        <translation>새 섹션</translation>
    </message>
    <message>
        <source>Name of the section</source>
        <translation>섹션 이름</translation>
    </message>
    <message>
        <source>e.g. Family, 프로젝트</source>
        <translation>예: 가족, 프로젝트</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>There is a section of this name already.</source>
        <translation>같은 이름의 섹션이 이미 있습니다.</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Server address</source>
        <translation>서버 주소</translation>
    </message>
    <message>
        <source>for example 192.168.0.12:3001</source>
        <translation>예: 192.168.0.12:3001</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>이메일 주소</translation>
    </message>
    <message>
        <source>you@example.org</source>
        <translation>you@example.org</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>How this server is recognised…</source>
        <translation>이 서버를 알아보는 방법…</translation>
    </message>
    <message>
        <source>Type the address you were given, for example 192.168.0.12:3001.</source>
        <translation>받은 주소를 입력하세요. 예: 192.168.0.12:3001</translation>
    </message>
    <message>
        <source>Type an e-mail address, for example you@example.org.</source>
        <translation>이메일 주소를 입력하세요. 예: you@example.org</translation>
    </message>
</context>
<context>
    <name>ServerKeyDialog</name>
    <message>
        <source>How this server is recognised</source>
        <translation>이 서버를 알아보는 방법</translation>
    </message>
    <message>
        <source>Forget this…</source>
        <translation>지우기…</translation>
    </message>
    <message>
        <source>Not encrypted: whoever is on the network in between can read passwords and messages. Ask whoever runs the server to turn encryption on.</source>
        <translation>암호화되지 않습니다. 같은 네트워크에 있는 누구나 비밀번호와 메시지를 볼 수 있습니다. 서버 운영자에게 암호화를 켜 달라고 하세요.</translation>
    </message>
    <message>
        <source>Encrypted. Every connection must show the key with this fingerprint; any other key is refused, and nothing is sent to it.</source>
        <translation>암호화되어 있습니다. 모든 연결은 이 지문의 키를 보여야 하고, 다른 키는 거절하며 아무것도 보내지 않습니다.</translation>
    </message>
    <message>
        <source>Encrypted. An authority that this computer trusts vouches for its certificate.</source>
        <translation>암호화되어 있습니다. 이 컴퓨터가 신뢰하는 인증 기관이 인증서를 보증합니다.</translation>
    </message>
    <message>
        <source>It runs on this computer: nobody is in between.</source>
        <translation>이 컴퓨터에서 실행 중이라 중간에 아무도 없습니다.</translation>
    </message>
    <message>
        <source>Nothing is known of this server yet.</source>
        <translation>이 서버에 대해 아직 아는 것이 없습니다.</translation>
    </message>
    <message>
        <source>Forget how this server is recognised?</source>
        <translation>이 서버의 키를 지울까요?</translation>
    </message>
    <message>
        <source>Do this only if whoever runs the server told you that its key is another one now. At the next sign-in you are asked about the key it shows then.</source>
        <translation>서버 운영자가 키가 바뀌었다고 직접 알려 준 경우에만 지우세요. 다음에 로그인할 때 서버가 보여 주는 키를 다시 물어봅니다.</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>지우기</translation>
    </message>
</context>
<context>
    <name>ServerPage</name>
    <message>
        <source>Look after the server</source>
        <translation>서버 관리</translation>
    </message>
</context>
<context>
    <name>ServerPanel</name>
    <message>
        <source>Sign in to this server as its owner to invite people, look after them and make backups.</source>
        <translation>사람을 초대하고 관리하고 백업하려면 이 서버의 주인 계정으로 로그인하세요.</translation>
    </message>
    <message>
        <source>Waiting for the connection to the server…</source>
        <translation>서버에 연결되기를 기다리는 중…</translation>
    </message>
    <message>
        <source>The owner of this server and its admins invite people and look after them.</source>
        <translation>이 서버의 주인과 관리자가 사람을 초대하고 관리합니다.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
</context>
<context>
    <name>ServerPeopleDialog</name>
    <message>
        <source>People of this server</source>
        <translation>이 서버의 사람들</translation>
    </message>
    <message>
        <source>Search names and addresses</source>
        <translation>이름과 주소로 찾기</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람들</translation>
    </message>
    <message>
        <source>New password…</source>
        <translation>새 비밀번호…</translation>
    </message>
    <message>
        <source>Hand over the server…</source>
        <translation>서버 넘기기…</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>다시 들이기</translation>
    </message>
    <message>
        <source>Shut out…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Make member</source>
        <translation>일반 멤버로</translation>
    </message>
    <message>
        <source>Make admin</source>
        <translation>관리자로</translation>
    </message>
    <message>
        <source>Give {name} a new password?</source>
        <translation>{name} 님에게 새 비밀번호를 줄까요?</translation>
    </message>
    <message>
        <source>They are signed out everywhere. You are shown the new password, to tell it to them.</source>
        <translation>모든 기기에서 로그아웃됩니다. 새 비밀번호가 여기에 보이니 직접 알려 주세요.</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>새 비밀번호</translation>
    </message>
    <message>
        <source>Shut {name} out?</source>
        <translation>{name} 님을 내보낼까요?</translation>
    </message>
    <message>
        <source>They are signed out at once and cannot come back until you let them. Nothing is deleted.</source>
        <translation>바로 로그아웃되고, 다시 들이기 전에는 들어올 수 없습니다. 아무것도 지워지지 않습니다.</translation>
    </message>
    <message>
        <source>Shut out</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Hand the server over to {name}?</source>
        <translation>{name} 님에게 서버를 넘길까요?</translation>
    </message>
    <message>
        <source>They own it from then on, and you are an admin. Only they can hand it back. It goes on running where it runs now.</source>
        <translation>이제 그 사람이 주인이 되고 나는 관리자가 됩니다. 되돌려 받으려면 그 사람이 넘겨줘야 합니다. 서버는 지금 있는 컴퓨터에서 계속 돌아갑니다.</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>넘기기</translation>
    </message>
    <message>
        <source>New password of {name}</source>
        <translation>{name} 님의 새 비밀번호</translation>
    </message>
    <message>
        <source>It is shown this once: tell it to them now.</source>
        <translation>지금 한 번만 보입니다. 바로 알려 주세요.</translation>
    </message>
    <message>
        <source>you</source>
        <translation>나</translation>
    </message>
    <message>
        <source>shut out</source>
        <translation>내보냄</translation>
    </message>
    <message numerus="yes">
        <source>signed in on %n devices</source>
        <translation>
            <numerusform>기기 %n대에서 로그인</numerusform>
        </translation>
    </message>
    <message>
        <source>signed in nowhere</source>
        <translation>로그인한 기기 없음</translation>
    </message>
</context>
<context>
    <name>ServerSign</name>
    <message>
        <source>Signed out</source>
        <translation>로그아웃됨</translation>
    </message>
    <message>
        <source>Unread: {count}</source>
        <translation>읽지 않음: {count}</translation>
    </message>
</context>
<context>
    <name>SettingsButton</name>
    <message>
        <source>As the system</source>
        <translation>시스템 설정 따르기</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>All settings…</source>
        <translation>모든 설정…</translation>
    </message>
    <message>
        <source>Your picture…</source>
        <translation>내 사진…</translation>
    </message>
    <message>
        <source>Your server…</source>
        <translation>내 서버…</translation>
    </message>
    <message>
        <source>Add a server…</source>
        <translation>서버 추가…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>설정 찾기</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>모양</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Quiet times</source>
        <translation>방해 금지</translation>
    </message>
    <message>
        <source>The app</source>
        <translation>앱</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Light or dark; as the system, it changes along with it.</source>
        <translation>밝게 또는 어둡게. 시스템을 따르면 함께 바뀝니다.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 따르기</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Of everything the app says; dates and times follow it.</source>
        <translation>앱에 나오는 모든 글의 언어입니다. 날짜와 시간도 따릅니다.</translation>
    </message>
    <message>
        <source>Direct messages and mentions, while you do not look at them. Not while you are busy.</source>
        <translation>보고 있지 않은 개인 메시지와 멘션을 알립니다. 다른 작업 중일 때는 알리지 않습니다.</translation>
    </message>
    <message>
        <source>Show what was written</source>
        <translation>내용 보여 주기</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>근무 시간</translation>
    </message>
    <message>
        <source>Outside of them nothing pops up; what is unread is counted all the same.</source>
        <translation>이 시간 밖에는 알림이 뜨지 않습니다. 읽지 않은 개수는 그대로 셉니다.</translation>
    </message>
    <message>
        <source>Who may break through</source>
        <translation>방해 금지 중에도 알림을 보낼 수 있는 사람</translation>
    </message>
    <message>
        <source>Told in quiet times and while you are busy. Chosen in a person&apos;s menu.</source>
        <translation>방해 금지 시간이나 다른 작업 중에도 알립니다. 사람의 메뉴에서 고릅니다.</translation>
    </message>
    <message>
        <source>Start with the computer</source>
        <translation>컴퓨터와 함께 시작</translation>
    </message>
    <message>
        <source>No tray here: the app can go on as a minimised window.</source>
        <translation>트레이가 없습니다. 최소화한 창으로 계속 실행할 수 있습니다.</translation>
    </message>
    <message>
        <source>No tray here: the app is minimised while your server runs.</source>
        <translation>트레이가 없습니다. 내 서버가 실행되는 동안 앱은 최소화됩니다.</translation>
    </message>
    <message>
        <source>When the window is closed</source>
        <translation>창을 닫을 때</translation>
    </message>
    <message>
        <source>Whether the app goes on, so that you stay online and hear of messages.</source>
        <translation>앱이 계속 켜져 있으면 온라인으로 남고 메시지 알림을 받습니다.</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>트레이에 남기</translation>
    </message>
    <message>
        <source>Always go on</source>
        <translation>항상 남기</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Find servers in my network</source>
        <translation>내 네트워크에서 서버 찾기</translation>
    </message>
    <message>
        <source>Tell me about messages</source>
        <translation>메시지 알리기</translation>
    </message>
    <message>
        <source>Off: only the name is shown, for screens that others see.</source>
        <translation>끄면 이름만 보입니다. 남이 보는 화면에 알맞습니다.</translation>
    </message>
    <message>
        <source>The others see you as soon as you sign in to it.</source>
        <translation>컴퓨터에 로그인하면 곧바로 다른 사람에게 보입니다.</translation>
    </message>
    <message>
        <source>While you look at the first page, to join one that is near.</source>
        <translation>첫 화면을 보는 동안 가까운 서버를 찾아 보여 줍니다.</translation>
    </message>
    <message>
        <source>Quit without a tray</source>
        <translation>트레이가 없으면 종료</translation>
    </message>
    <message>
        <source>Go on minimised</source>
        <translation>최소화하고 계속 실행</translation>
    </message>
    <message>
        <source>Your picture</source>
        <translation>내 사진</translation>
    </message>
    <message>
        <source>The others see it beside your name.</source>
        <translation>이름 옆에 보입니다.</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>바꾸기…</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>내 비밀번호</translation>
    </message>
    <message>
        <source>Changing it signs you out on all other devices.</source>
        <translation>바꾸면 다른 모든 기기에서 로그아웃됩니다.</translation>
    </message>
    <message>
        <source>Your devices</source>
        <translation>내 기기</translation>
    </message>
    <message>
        <source>Your server</source>
        <translation>내 서버</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>로그인됨</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
    <message>
        <source>Everything can be done without a mouse.</source>
        <translation>마우스 없이 모든 것을 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Why do I look away?</source>
        <translation>왜 자리 비움으로 보이나요?</translation>
    </message>
    <message>
        <source>What the others see of you, why, and what this computer tells of you.</source>
        <translation>다른 사람에게 보이는 내 상태와 그 까닭, 이 컴퓨터가 알리는 것을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Where you are signed in. Sign out from afar.</source>
        <translation>로그인한 곳을 보고, 멀리서도 로그아웃할 수 있습니다.</translation>
    </message>
    <message>
        <source>Its address and invites, its people, its backups.</source>
        <translation>주소와 초대, 사람, 백업을 봅니다.</translation>
    </message>
    <message>
        <source>No setting is called “{name}”.</source>
        <translation>“{name}” 설정은 없습니다.</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Type your password.</source>
        <translation>비밀번호를 입력하세요.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>로그인하는 중…</translation>
    </message>
    <message>
        <source>Welcome back</source>
        <translation>다시 오신 것을 환영합니다</translation>
    </message>
    <message>
        <source>Sign in to your team&apos;s server.</source>
        <translation>팀의 서버에 로그인하세요.</translation>
    </message>
    <message>
        <source>New here? Join with an invite</source>
        <translation>처음이신가요? 초대 코드로 참여</translation>
    </message>
</context>
<context>
    <name>StatusMenu</name>
    <message>
        <source>Why do I look away?</source>
        <translation>왜 자리 비움으로 보이나요?</translation>
    </message>
    <message>
        <source>On all servers</source>
        <translation>모든 서버에 적용</translation>
    </message>
    <message>
        <source>Until I change it</source>
        <translation>내가 바꿀 때까지</translation>
    </message>
    <message>
        <source>Until {time}</source>
        <translation>{time}까지</translation>
    </message>
    <message>
        <source>Date and time…</source>
        <translation>날짜와 시간…</translation>
    </message>
    <message>
        <source>Change custom status…</source>
        <translation>상태 메시지 바꾸기…</translation>
    </message>
    <message>
        <source>Set a custom status…</source>
        <translation>상태 메시지 설정…</translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message>
        <source>Why do I look away?</source>
        <translation>왜 자리 비움으로 보이나요?</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
    <message>
        <source>Copy all of this</source>
        <translation>모두 복사</translation>
    </message>
</context>
<context>
    <name>StatusSelector</name>
    <message>
        <source>{name}, you are: {status}</source>
        <translation>{name}, 내 상태: {status}</translation>
    </message>
    <message>
        <source>Opens the choice of a status</source>
        <translation>상태 선택을 엽니다</translation>
    </message>
    <message>
        <source>{status} · waiting for the server…</source>
        <translation>{status} · 서버 응답을 기다리는 중…</translation>
    </message>
    <message>
        <source>{status} · until {time}</source>
        <translation>{status} · {time}까지</translation>
    </message>
</context>
<context>
    <name>Stopping</name>
    <message>
        <source>Stop the server for everybody?</source>
        <translation>모두가 쓰는 서버를 멈출까요?</translation>
    </message>
    <message>
        <source>They come back by themselves when you start the server again.</source>
        <translation>서버를 다시 시작하면 모두 저절로 다시 연결됩니다.</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>서버 멈추기</translation>
    </message>
    <message>
        <source>Quit, and stop the server for everybody?</source>
        <translation>앱을 끝내고 모두가 쓰는 서버도 멈출까요?</translation>
    </message>
    <message>
        <source>The server on this computer ends with the app.</source>
        <translation>이 컴퓨터의 서버도 앱과 함께 끝납니다.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message numerus="yes">
        <source>%n other people are connected and lose the connection.</source>
        <translation>
            <numerusform>지금 연결된 다른 사람 %n명의 연결이 끊어집니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message>
        <source>Go to</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Go to a person, a room or a command</source>
        <translation>사람, 방, 명령으로 이동</translation>
    </message>
    <message>
        <source>What is offered</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Nothing here is called “{name}”.</source>
        <translation>여기에는 “{name}” 이름이 없습니다.</translation>
    </message>
</context>
<context>
    <name>TalkMenu</name>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>읽음으로 표시</translation>
    </message>
    <message>
        <source>Pinned messages</source>
        <translation>고정한 메시지</translation>
    </message>
    <message>
        <source>Show profile</source>
        <translation>프로필 보기</translation>
    </message>
    <message>
        <source>Members…</source>
        <translation>멤버…</translation>
    </message>
    <message>
        <source>Invite people…</source>
        <translation>사람 초대…</translation>
    </message>
    <message>
        <source>Change room…</source>
        <translation>방 설정…</translation>
    </message>
    <message>
        <source>About this room…</source>
        <translation>방 정보…</translation>
    </message>
    <message>
        <source>Leave room…</source>
        <translation>방 나가기…</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>알림 켜기</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>알림 끄기</translation>
    </message>
</context>
<context>
    <name>ThroughRow</name>
    <message>
        <source>Nobody yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>{name} 빼기</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Unread: {count}</source>
        <translation>읽지 않음: {count}</translation>
    </message>
</context>
<context>
    <name>TrustDialog</name>
    <message>
        <source>Trust this key</source>
        <translation>이 키 신뢰하기</translation>
    </message>
    <message>
        <source>Go on without encryption</source>
        <translation>암호화 없이 계속하기</translation>
    </message>
    <message>
        <source>Talk without encryption?</source>
        <translation>암호화 없이 연결할까요?</translation>
    </message>
    <message>
        <source>Is this the right server?</source>
        <translation>이 서버가 맞나요?</translation>
    </message>
    <message>
        <source>{server} does not encrypt. Whoever is on the network in between can read passwords and messages, and change them. Nothing was sent yet.</source>
        <translation>{server} 서버는 암호화하지 않습니다. 중간 네트워크에 있는 누구나 비밀번호와 메시지를 보고 바꿀 수 있습니다. 아직 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>{server} encrypts its connections from now on. Nobody vouches for its key, so you are asked once. This is the fingerprint of the key:</source>
        <translation>{server} 서버가 이제부터 연결을 암호화합니다. 키를 보증하는 곳이 없어서 한 번만 묻습니다. 키 지문은 다음과 같습니다.</translation>
    </message>
    <message>
        <source>Nobody vouches for the key of {server}, and this app has not seen it before. Nothing was sent yet. This is the fingerprint of the key:</source>
        <translation>{server} 서버의 키를 보증하는 곳이 없고, 이 앱도 처음 보는 키입니다. 아직 아무것도 보내지 않았습니다. 키 지문은 다음과 같습니다.</translation>
    </message>
    <message>
        <source>Go on only in a network that you trust, such as your own at home.</source>
        <translation>집처럼 믿을 수 있는 네트워크에서만 계속하세요.</translation>
    </message>
    <message>
        <source>Compare it with what whoever runs the server sees on the page “Your server”. If every group is the same, nobody is in between, and from then on no other key is accepted. With an invite link you are not asked.</source>
        <translation>서버 운영자가 ‘내 서버’ 화면에서 보는 지문과 비교하세요. 모든 묶음이 같으면 중간에 아무도 없는 것이고, 그 뒤로는 다른 키를 받아들이지 않습니다. 초대 링크로 참여하면 묻지 않습니다.</translation>
    </message>
</context>
<context>
    <name>UpgradeStrip</name>
    <message>
        <source>Restart now</source>
        <translation>지금 다시 시작</translation>
    </message>
    <message>
        <source>A new version was installed. Restart to use it; what you were writing is kept.</source>
        <translation>새 버전이 설치되었습니다. 다시 시작하면 새 버전을 씁니다. 쓰던 글은 그대로 남습니다.</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>This picture cannot be shown.</source>
        <translation>이 사진은 보여 드릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <source>Picture {name}</source>
        <translation>사진 {name}</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>이전 사진</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>다음 사진</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Save file</source>
        <translation>파일 저장</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>WaitingPage</name>
    <message>
        <source>One moment…</source>
        <translation>잠시만요…</translation>
    </message>
    <message>
        <source>A server starts, and your simulated colleagues come in.</source>
        <translation>서버를 시작하고 가상 동료들이 들어오고 있습니다.</translation>
    </message>
</context>
<context>
    <name>WatchMenu</name>
    <message>
        <source>Tell me when {name} is back</source>
        <translation>{name}님이 돌아오면 알림</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>한 번만</translation>
    </message>
    <message>
        <source>Each time</source>
        <translation>매번</translation>
    </message>
    <message>
        <source>Not any more</source>
        <translation>더 이상 알리지 않기</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>See who is there. Truly.</source>
        <translation>누가 있는지, 있는 그대로.</translation>
    </message>
    <message>
        <source>Your team&apos;s messenger, on your own computer. No cloud account.</source>
        <translation>내 컴퓨터에서 돌아가는 팀 메신저. 클라우드 계정이 필요 없습니다.</translation>
    </message>
    <message>
        <source>Host on this computer</source>
        <translation>이 컴퓨터에서 호스팅</translation>
    </message>
    <message>
        <source>Starts a server here, with an invite to hand out.</source>
        <translation>여기서 서버를 시작하고, 나눠 줄 초대를 만듭니다.</translation>
    </message>
    <message>
        <source>Join a server</source>
        <translation>서버에 참여</translation>
    </message>
    <message>
        <source>With an invite link, or with an address and a code.</source>
        <translation>받은 초대 링크나, 주소와 초대 코드로 들어갑니다.</translation>
    </message>
    <message>
        <source>Try it with simulated colleagues</source>
        <translation>가상 동료와 체험하기</translation>
    </message>
    <message>
        <source>A lively team. Nothing is kept when you close it.</source>
        <translation>활기찬 팀과 써 보세요. 닫으면 아무것도 남지 않습니다.</translation>
    </message>
    <message>
        <source>I have an account: sign in</source>
        <translation>계정이 있습니다: 로그인</translation>
    </message>
</context>
<context>
    <name>alerts</name>
    <message>
        <source>Something new</source>
        <translation>새 소식</translation>
    </message>
    <message>
        <source>{name} wrote something</source>
        <translation>{name}님이 글을 남겼습니다</translation>
    </message>
    <message>
        <source>{name} is back</source>
        <translation>{name}님이 돌아왔습니다</translation>
    </message>
    <message>
        <source>Online now. You wanted to be told.</source>
        <translation>지금 온라인입니다. 알려 달라고 하셨습니다.</translation>
    </message>
    <message>
        <source>Presence Desktop goes on in the tray, and your server with it. To end both, choose Quit there.</source>
        <translation>Presence Desktop와 내 서버가 트레이에서 계속 실행됩니다. 둘 다 끝내려면 트레이에서 종료를 고르세요.</translation>
    </message>
    <message>
        <source>Still here</source>
        <translation>계속 실행 중입니다</translation>
    </message>
    <message>
        <source>Presence Desktop goes on in the tray, so that you get messages. To end it, choose Quit there.</source>
        <translation>메시지를 받을 수 있도록 Presence Desktop이 트레이에서 계속 실행됩니다. 끝내려면 그곳에서 종료를 선택하세요.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>답장</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>읽음으로 표시</translation>
    </message>
</context>
<context>
    <name>audit</name>
    <message>
        <source>Everything</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>계정</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Invites</source>
        <translation>초대</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>백업</translation>
    </message>
    <message>
        <source>Name of the server</source>
        <translation>서버 이름</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>데이터베이스</translation>
    </message>
    <message>
        <source>The server&apos;s computer</source>
        <translation>서버 컴퓨터</translation>
    </message>
    <message>
        <source>Took the server&apos;s name away</source>
        <translation>서버 이름을 없앰</translation>
    </message>
    <message>
        <source>Made the account {target}</source>
        <translation>{target} 계정을 만듦</translation>
    </message>
    <message>
        <source>Shut {target} out</source>
        <translation>{target} 계정을 막음</translation>
    </message>
    <message>
        <source>Let {target} in again</source>
        <translation>{target} 계정을 다시 허용함</translation>
    </message>
    <message>
        <source>Gave {target} a new password</source>
        <translation>{target} 계정에 새 비밀번호를 줌</translation>
    </message>
    <message>
        <source>Made {target} an admin</source>
        <translation>{target} 계정을 관리자로 바꿈</translation>
    </message>
    <message>
        <source>Made {target} a member</source>
        <translation>{target} 계정을 구성원으로 바꿈</translation>
    </message>
    <message>
        <source>Handed the server over to {target}</source>
        <translation>{target} 계정에 서버를 넘김</translation>
    </message>
    <message>
        <source>Revoked invite {detail}</source>
        <translation>초대 {detail} 취소</translation>
    </message>
    <message>
        <source>Made the backup {detail}</source>
        <translation>백업 {detail} 만듦</translation>
    </message>
    <message>
        <source>Restored the backup {detail}</source>
        <translation>백업 {detail} 복원</translation>
    </message>
    <message>
        <source>Moved the data to {detail}</source>
        <translation>데이터 옮김: {detail}</translation>
    </message>
    <message>
        <source>Named the server “{detail}”</source>
        <translation>서버 이름 정함: “{detail}”</translation>
    </message>
    <message>
        <source>Made an invite</source>
        <translation>초대를 만듦</translation>
    </message>
    <message>
        <source>Made invite {number}, good for {uses}, until {time}</source>
        <translation>초대 {number} 만듦: {uses}명까지, {time}까지</translation>
    </message>
</context>
<context>
    <name>chat</name>
    <message>
        <source>{percent} % of {size}</source>
        <translation>{size} 중 {percent}%</translation>
    </message>
    <message>
        <source>{size} · saved</source>
        <translation>{size} · 저장함</translation>
    </message>
    <message>
        <source>React</source>
        <translation>반응하기</translation>
    </message>
    <message>
        <source>{emoji} from {names}</source>
        <translation>{emoji} {names}</translation>
    </message>
    <message>
        <source>This message was deleted.</source>
        <translation>지운 메시지입니다.</translation>
    </message>
    <message>
        <source>(edited)</source>
        <translation>(수정됨)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Loading older messages…</source>
        <translation>이전 메시지를 불러오는 중…</translation>
    </message>
    <message>
        <source>Older messages could not be loaded. Click here to try again.</source>
        <translation>이전 메시지를 불러오지 못했습니다. 여기를 눌러 다시 시도하세요.</translation>
    </message>
    <message>
        <source>Only you read what is written here.</source>
        <translation>여기에 쓴 글은 나만 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>This is the beginning of your conversation.</source>
        <translation>대화의 시작입니다.</translation>
    </message>
    <message>
        <source>This is the beginning of this public room.</source>
        <translation>이 공개 방의 시작입니다.</translation>
    </message>
    <message>
        <source>This is the beginning of this private room.</source>
        <translation>이 비공개 방의 시작입니다.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>새 메시지</translation>
    </message>
    <message>
        <source>Pinned by {name}</source>
        <translation>{name}님이 고정함</translation>
    </message>
    <message>
        <source>Go to what it answers</source>
        <translation>답장한 메시지로 이동</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>답장</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>React…</source>
        <translation>반응하기…</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>글 복사</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>고정 풀기</translation>
    </message>
    <message>
        <source>Save file…</source>
        <translation>파일 저장…</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>보내지 않기</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>지우기…</translation>
    </message>
    <message>
        <source>Save {name}…</source>
        <translation>{name} 저장…</translation>
    </message>
    <message>
        <source>Open {link}</source>
        <translation>{link} 열기</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>더 보기…</translation>
    </message>
    <message>
        <source>New messages</source>
        <translation>새 메시지</translation>
    </message>
    <message>
        <source>{name}, {time}: {text}</source>
        <translation>{name}, {time}: {text}</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>in reply to {name}</source>
        <translation>{name}님에게 답장</translation>
    </message>
    <message>
        <source>picture {name}</source>
        <translation>사진 {name}</translation>
    </message>
    <message>
        <source>file {name}</source>
        <translation>파일 {name}</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>보내지 못함</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>보내기를 기다리는 중</translation>
    </message>
    <message>
        <source>sending its files</source>
        <translation>파일을 보내는 중</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>보냄</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>전달됨</translation>
    </message>
    <message>
        <source>read</source>
        <translation>읽음</translation>
    </message>
    <message>
        <source>Read by {names}</source>
        <translation>{names}님이 읽음</translation>
    </message>
    <message>
        <source>Not sent. {reason}</source>
        <translation>보내지 못했습니다. {reason}</translation>
    </message>
    <message>
        <source>a deleted message, or a file</source>
        <translation>지운 메시지 또는 파일</translation>
    </message>
    <message>
        <source>{names} and %n more</source>
        <translation>{names} 외 %n명</translation>
    </message>
    <message>
        <source>Message to {name}</source>
        <comment>a room</comment>
        <translation>{name}에 보낼 메시지</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>메모 쓰기</translation>
    </message>
    <message>
        <source>Message to {name}</source>
        <comment>a person</comment>
        <translation>{name}님에게 보낼 메시지</translation>
    </message>
</context>
<context>
    <name>days</name>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>어제</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>a day of this year, as QLocale formats it</comment>
        <translation>M월 d일 dddd</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>a day of another year, as QLocale formats it</comment>
        <translation>yyyy년 M월 d일</translation>
    </message>
</context>
<context>
    <name>emoji</name>
    <message>
        <source>Often used</source>
        <translation>자주 쓰는 이모지</translation>
    </message>
    <message>
        <source>Smileys</source>
        <translation>표정</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Animals and nature</source>
        <translation>동물과 자연</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>음식</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <translation>여행과 장소</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>활동</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>물건</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>기호</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>깃발</translation>
    </message>
</context>
<context>
    <name>end_time</name>
    <message>
        <source>30 minutes</source>
        <translation>30분</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1시간</translation>
    </message>
    <message>
        <source>4 hours</source>
        <translation>4시간</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
</context>
<context>
    <name>facts</name>
    <message>
        <source>There is no link to the server, so the others see you as offline, or soon will. It is tried again by itself.</source>
        <translation>서버와 연결되어 있지 않아 다른 사람에게 오프라인으로 보이거나 곧 그렇게 보입니다. 저절로 다시 연결합니다.</translation>
    </message>
    <message>
        <source>You do not: the others see you as online.</source>
        <translation>그렇지 않습니다. 다른 사람에게 온라인으로 보입니다.</translation>
    </message>
    <message>
        <source>You chose this yourself. Choose “Online” in your status, and it follows what you do again.</source>
        <translation>직접 고른 상태입니다. 상태에서 “온라인”을 고르면 다시 하는 일에 따라 바뀝니다.</translation>
    </message>
    <message>
        <source>A screen of yours is locked, and no other device of yours was used for a while.</source>
        <translation>화면이 잠겨 있고, 다른 기기도 한동안 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>No device of yours was used for a while. This computer cannot tell whether you are at it: choose your status by hand if it is wrong.</source>
        <translation>한동안 어느 기기도 쓰지 않았습니다. 이 컴퓨터는 사용 여부를 알 수 없으니, 틀렸다면 상태를 직접 고르세요.</translation>
    </message>
    <message>
        <source>The server says so; it gave no reason.</source>
        <translation>서버가 그렇게 알렸고, 까닭은 알려 주지 않았습니다.</translation>
    </message>
    <message>
        <source>What the others see</source>
        <translation>다른 사람에게 보이는 상태</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Noticed lately</source>
        <translation>최근에 알게 된 일</translation>
    </message>
    <message>
        <source>The link to the server</source>
        <translation>서버와의 연결</translation>
    </message>
    <message>
        <source>What the desktop offers</source>
        <translation>데스크톱이 제공하는 것</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>까닭</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>online: follows what you do</source>
        <translation>온라인: 하는 일에 따라 바뀜</translation>
    </message>
    <message>
        <source>{status}, until {time}</source>
        <translation>{status}, {time}까지</translation>
    </message>
    <message>
        <source>You chose</source>
        <translation>고른 상태</translation>
    </message>
    <message>
        <source>Custom status</source>
        <translation>상태 메시지</translation>
    </message>
    <message>
        <source>the system</source>
        <translation>시스템</translation>
    </message>
    <message>
        <source>GNOME</source>
        <translation>GNOME</translation>
    </message>
    <message>
        <source>the X server</source>
        <translation>X 서버</translation>
    </message>
    <message>
        <source>the screen saver service</source>
        <translation>화면 보호기 서비스</translation>
    </message>
    <message>
        <source>nobody: this desktop does not tell, so only a locked screen counts</source>
        <translation>없음: 이 데스크톱은 알려 주지 않아 화면 잠금만 반영됩니다</translation>
    </message>
    <message>
        <source>Told by</source>
        <translation>알려 주는 곳</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>마지막 사용</translation>
    </message>
    <message>
        <source>{count} s ago</source>
        <translation>{count}초 전</translation>
    </message>
    <message>
        <source>No keyboard or mouse of yours was used for a while.</source>
        <translation>어느 기기에서도 한동안 키보드나 마우스를 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>What you are told</source>
        <translation>받는 알림</translation>
    </message>
    <message>
        <source>{count} min without keyboard and mouse; the server decides</source>
        <translation>키보드와 마우스를 {count}분 쓰지 않으면 (서버가 정합니다)</translation>
    </message>
    <message>
        <source>Counts as away after</source>
        <translation>자리 비움 기준</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>잠김</translation>
    </message>
    <message>
        <source>not locked</source>
        <translation>잠기지 않음</translation>
    </message>
    <message>
        <source>told before it comes</source>
        <translation>들어가기 전에 알림</translation>
    </message>
    <message>
        <source>noticed only when it is over</source>
        <translation>깨어난 뒤에만 알 수 있음</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>화면</translation>
    </message>
    <message>
        <source>Sleep</source>
        <translation>절전</translation>
    </message>
    <message>
        <source>the screen was locked</source>
        <translation>화면이 잠김</translation>
    </message>
    <message>
        <source>the screen was unlocked</source>
        <translation>화면 잠금이 풀림</translation>
    </message>
    <message>
        <source>nobody had used it for a while</source>
        <translation>한동안 아무도 쓰지 않음</translation>
    </message>
    <message>
        <source>somebody used it again</source>
        <translation>다시 쓰기 시작함</translation>
    </message>
    <message>
        <source>the computer went to sleep</source>
        <translation>컴퓨터가 절전에 들어감</translation>
    </message>
    <message>
        <source>the computer woke up</source>
        <translation>컴퓨터가 깨어남</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>no lock, no sleep since the app started</source>
        <translation>앱을 켠 뒤로 잠금이나 절전이 없었습니다</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>다음 시도</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>연결됨</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count}ms</translation>
    </message>
    <message>
        <source>Answers within</source>
        <translation>응답 시간</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>시계</translation>
    </message>
    <message>
        <source>the same here and on the server</source>
        <translation>서버와 같음</translation>
    </message>
    <message>
        <source>this computer&apos;s is %n min behind the server&apos;s</source>
        <translation>이 컴퓨터가 서버보다 %n분 늦음</translation>
    </message>
    <message>
        <source>this computer&apos;s is %n min ahead of the server&apos;s</source>
        <translation>이 컴퓨터가 서버보다 %n분 빠름</translation>
    </message>
    <message>
        <source>this computer&apos;s is {count} s behind the server&apos;s</source>
        <translation>이 컴퓨터가 서버보다 {count}초 늦음</translation>
    </message>
    <message>
        <source>this computer&apos;s is {count} s ahead of the server&apos;s</source>
        <translation>이 컴퓨터가 서버보다 {count}초 빠름</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>cannot be asked</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>keeps you signed in</source>
        <translation>로그인을 유지해 줌</translation>
    </message>
    <message>
        <source>none: you are asked for your password at the next start</source>
        <translation>없음: 다음에 켤 때 비밀번호를 묻습니다</translation>
    </message>
    <message>
        <source>was not needed yet</source>
        <translation>아직 쓸 일이 없었음</translation>
    </message>
    <message>
        <source>no font has them: boxes stand in their place until “{font}” is installed</source>
        <translation>이 글자가 있는 글꼴이 없어서 “{font}” 글꼴을 설치하기 전까지는 네모로 보여요</translation>
    </message>
    <message>
        <source>Icon beside the clock</source>
        <translation>시계 옆 아이콘</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>키링</translation>
    </message>
    <message>
        <source>Korean letters</source>
        <translation>한글</translation>
    </message>
    <message>
        <source>Emoji in colour</source>
        <translation>컬러 이모지</translation>
    </message>
</context>
<context>
    <name>host_words</name>
    <message>
        <source>The server is stopped</source>
        <translation>서버가 중지되어 있습니다</translation>
    </message>
    <message>
        <source>The server is starting…</source>
        <translation>서버를 시작하는 중…</translation>
    </message>
    <message>
        <source>The server is running</source>
        <translation>서버가 실행 중입니다</translation>
    </message>
    <message>
        <source>The server is about to start again</source>
        <translation>서버가 곧 다시 시작됩니다</translation>
    </message>
    <message>
        <source>The server is not running</source>
        <translation>서버가 실행되지 않았습니다</translation>
    </message>
    <message>
        <source>Another program uses this server&apos;s port ({port}) now. End that program, then start the server again.</source>
        <translation>지금 다른 프로그램이 이 서버의 포트({port})를 쓰고 있습니다. 그 프로그램을 끝낸 뒤 서버를 다시 시작하세요.</translation>
    </message>
    <message>
        <source>No free port was found on this computer.</source>
        <translation>이 컴퓨터에서 빈 포트를 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>The server&apos;s folder cannot be written. Check that the disk has room and is not locked.</source>
        <translation>서버 폴더에 쓸 수 없습니다. 디스크에 여유가 있고 잠겨 있지 않은지 확인하세요.</translation>
    </message>
    <message>
        <source>This server already runs, started by another window or another user. Use that one.</source>
        <translation>이 서버는 다른 창이나 다른 사용자가 이미 실행했습니다. 그것을 사용하세요.</translation>
    </message>
    <message>
        <source>The server&apos;s data were written by a newer version of this app. Update the app.</source>
        <translation>서버 데이터가 더 새로운 버전의 앱으로 쓰였습니다. 앱을 업데이트하세요.</translation>
    </message>
    <message>
        <source>The owner&apos;s account could not be made.</source>
        <translation>주인 계정을 만들지 못했습니다.</translation>
    </message>
    <message>
        <source>The server was ended by the system or by another program.</source>
        <translation>시스템이나 다른 프로그램이 서버를 끝냈습니다.</translation>
    </message>
    <message>
        <source>The server ended again and again, so it is not started any more. The log below says more; start it again when the cause is gone.</source>
        <translation>서버가 자꾸 끝나서 더는 다시 시작하지 않습니다. 아래 기록에 자세한 내용이 있습니다. 원인을 없앤 뒤 다시 시작하세요.</translation>
    </message>
    <message>
        <source>It starts again in %n s.</source>
        <translation>%n초 뒤에 다시 시작합니다.</translation>
    </message>
    <message>
        <source>When the window is closed the server goes on, and the app waits in the tray.</source>
        <translation>창을 닫아도 서버는 계속 실행되고, 앱은 트레이에 남습니다.</translation>
    </message>
    <message>
        <source>When the window is closed it is minimised, and the server goes on.</source>
        <translation>창을 닫으면 최소화되고, 서버는 계속 실행됩니다.</translation>
    </message>
    <message>
        <source>When the window is closed the app ends, and the server with it.</source>
        <translation>창을 닫으면 앱이 끝나고 서버도 함께 끝납니다.</translation>
    </message>
    <message>
        <source>The server ended by itself.</source>
        <translation>서버가 저절로 종료되었습니다.</translation>
    </message>
</context>
<context>
    <name>hosting</name>
    <message>
        <source>Owner</source>
        <translation>주인</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>%n more can join</source>
        <translation>%n명 더 들어올 수 있습니다</translation>
    </message>
    <message>
        <source>{left} · until {time}</source>
        <translation>{left} · {time}까지</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Files and pictures</source>
        <translation>파일과 사진</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>백업</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>디스크 여유</translation>
    </message>
</context>
<context>
    <name>hush</name>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>none today</source>
        <translation>오늘은 없음</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>근무 시간</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>May break through</source>
        <translation>방해 금지 예외</translation>
    </message>
    <message>
        <source>Muted conversations</source>
        <translation>알림을 끈 대화</translation>
    </message>
    <message>
        <source>nothing pops up: turned off in the settings</source>
        <translation>알리지 않음: 설정에서 껐습니다</translation>
    </message>
    <message>
        <source>nothing pops up: there are no working hours on any day</source>
        <translation>알리지 않음: 근무하는 요일이 없습니다</translation>
    </message>
    <message>
        <source>nothing pops up until {time}: you asked for quiet</source>
        <translation>{time}까지 알리지 않음: 방해 금지를 켰습니다</translation>
    </message>
    <message>
        <source>nothing pops up until {time}, when your working hours begin</source>
        <translation>근무 시간이 시작되는 {time}까지 알리지 않음</translation>
    </message>
    <message>
        <source>nothing pops up until {time}, as long as you are busy</source>
        <translation>‘다른 작업 중’이므로 {time}까지 알리지 않음</translation>
    </message>
    <message>
        <source>nothing pops up as long as you are busy</source>
        <translation>‘다른 작업 중’인 동안 알리지 않음</translation>
    </message>
    <message>
        <source>direct messages and mentions pop up</source>
        <translation>개인 메시지와 멘션을 알림</translation>
    </message>
    <message>
        <source>today {start} until {end} tomorrow</source>
        <translation>오늘 {start}부터 내일 {end}까지</translation>
    </message>
    <message>
        <source>today {start} until {end}</source>
        <translation>오늘 {start}부터 {end}까지</translation>
    </message>
</context>
<context>
    <name>joining</name>
    <message>
        <source>The link you opened is no invitation, or not all of it arrived. Ask for the address and the invite code.</source>
        <translation>연 링크가 초대 링크가 아니거나 일부가 잘렸습니다. 주소와 초대 코드를 다시 물어보세요.</translation>
    </message>
</context>
<context>
    <name>quiet</name>
    <message>
        <source>Quiet: there are no working hours on any day</source>
        <translation>방해 금지: 근무하는 요일이 없습니다</translation>
    </message>
    <message>
        <source>Quiet until {time}</source>
        <translation>{time}까지 방해 금지</translation>
    </message>
    <message>
        <source>Quiet until {time}, outside your working hours</source>
        <translation>근무 시간이 아닙니다. {time}까지 방해 금지</translation>
    </message>
    <message>
        <source>May break through quiet times</source>
        <translation>방해 금지 중에도 알림 받기</translation>
    </message>
</context>
<context>
    <name>sections</name>
    <message>
        <source>empty</source>
        <translation>비어 있음</translation>
    </message>
    <message>
        <source>section</source>
        <translation>섹션</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>접힘</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>즐겨찾기에서 빼기</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>즐겨찾기에 넣기</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>섹션</translation>
    </message>
    <message>
        <source>In no section</source>
        <translation>섹션에 넣지 않음</translation>
    </message>
    <message>
        <source>New section…</source>
        <translation>새 섹션…</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>펼치기</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>접기</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>위로 옮기기</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>아래로 옮기기</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Remove section</source>
        <translation>섹션 없애기</translation>
    </message>
</context>
<context>
    <name>servers</name>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
</context>
<context>
    <name>talks</name>
    <message>
        <source>Somebody who left</source>
        <translation>떠난 사람</translation>
    </message>
    <message>
        <source>Notes to yourself</source>
        <translation>나에게 쓰는 메모</translation>
    </message>
    <message>
        <source>Draft: {text}</source>
        <translation>쓰던 글: {text}</translation>
    </message>
    <message>
        <source>Nothing said yet</source>
        <translation>아직 주고받은 말이 없습니다</translation>
    </message>
    <message>
        <source>You: {text}</source>
        <translation>나: {text}</translation>
    </message>
    <message>
        <source>typing…</source>
        <translation>입력 중…</translation>
    </message>
    <message>
        <source>{name} is typing…</source>
        <translation>{name}님이 입력 중…</translation>
    </message>
    <message>
        <source>{name} and {other} are typing…</source>
        <translation>{name}님과 {other}님이 입력 중…</translation>
    </message>
    <message>
        <source>{count} people are typing…</source>
        <translation>{count}명이 입력 중…</translation>
    </message>
    <message>
        <source>Message deleted</source>
        <translation>지운 메시지</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>사진 {count}장</translation>
    </message>
    <message>
        <source>{count} files</source>
        <translation>파일 {count}개</translation>
    </message>
    <message>
        <source>This message could not be read.</source>
        <translation>이 메시지는 읽을 수 없어요.</translation>
    </message>
    <message>
        <source>This message needs a newer version of the app.</source>
        <translation>이 메시지를 보려면 앱을 업데이트해야 해요.</translation>
    </message>
    <message>
        <source>room</source>
        <translation>방</translation>
    </message>
    <message>
        <source>{count} unread</source>
        <translation>안 읽은 메시지 {count}개</translation>
    </message>
    <message>
        <source>mentions you</source>
        <translation>나를 언급함</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>보내지 못함</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>알림 꺼짐</translation>
    </message>
    <message>
        <source>The conversation with {name} is no longer there. What you wrote was not sent.</source>
        <translation>{name} 님과의 대화가 없어졌습니다. 쓰신 글은 보내지 못했습니다.</translation>
    </message>
    <message>
        <source>You are no longer in “{room}”. What you wrote there was not sent.</source>
        <translation>“{room}” 방에 더는 참여하고 있지 않습니다. 쓰신 글은 보내지 못했습니다.</translation>
    </message>
    <message>
        <source>{name} took you out of “{room}”.</source>
        <translation>{name} 님이 “{room}” 방에서 내보냈습니다.</translation>
    </message>
    <message>
        <source>{name} took you out of “{room}”. What you wrote there was not sent.</source>
        <translation>{name} 님이 “{room}” 방에서 내보냈습니다. 쓰신 글은 보내지 못했습니다.</translation>
    </message>
    <message>
        <source>You are no longer in “{room}”.</source>
        <translation>“{room}” 방에 더는 참여하고 있지 않습니다.</translation>
    </message>
</context>
<context>
    <name>ways</name>
    <message>
        <source>Anywhere</source>
        <translation>어디서나</translation>
    </message>
    <message>
        <source>In the list</source>
        <translation>목록에서</translation>
    </message>
    <message>
        <source>While writing</source>
        <translation>글을 쓸 때</translation>
    </message>
    <message>
        <source>On a message</source>
        <translation>메시지에서</translation>
    </message>
    <message>
        <source>Looking at a picture</source>
        <translation>그림을 볼 때</translation>
    </message>
    <message>
        <source>Go to a person, a room or a command</source>
        <translation>사람, 방, 명령으로 이동</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>키보드 단축키</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Why do I look away?</source>
        <translation>왜 자리 비움으로 보이나요?</translation>
    </message>
    <message>
        <source>Choose your status</source>
        <translation>내 상태 고르기</translation>
    </message>
    <message>
        <source>Search in all messages</source>
        <translation>모든 메시지에서 찾기</translation>
    </message>
    <message>
        <source>Search in this conversation</source>
        <translation>이 대화에서 찾기</translation>
    </message>
    <message>
        <source>New room</source>
        <translation>새 방</translation>
    </message>
    <message>
        <source>Public rooms</source>
        <translation>공개 방</translation>
    </message>
    <message>
        <source>Notes to yourself</source>
        <translation>나에게 쓰는 메모</translation>
    </message>
    <message>
        <source>Mark all conversations as read</source>
        <translation>모든 대화를 읽음으로 표시</translation>
    </message>
    <message>
        <source>Status: online</source>
        <translation>상태: 온라인</translation>
    </message>
    <message>
        <source>Status: away</source>
        <translation>상태: 자리 비움</translation>
    </message>
    <message>
        <source>Status: busy</source>
        <translation>상태: 다른 작업 중</translation>
    </message>
    <message>
        <source>Status: appear offline</source>
        <translation>상태: 오프라인으로 표시</translation>
    </message>
    <message>
        <source>Your picture</source>
        <translation>내 사진</translation>
    </message>
    <message>
        <source>Change your password</source>
        <translation>비밀번호 바꾸기</translation>
    </message>
    <message>
        <source>Where you are signed in</source>
        <translation>로그인한 기기</translation>
    </message>
    <message>
        <source>Your server</source>
        <translation>내 서버</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>밝은 테마</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>어두운 테마</translation>
    </message>
    <message>
        <source>Theme as the system</source>
        <translation>시스템 테마 따르기</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>서버 추가</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Go to a server, by its place</source>
        <translation>순서로 서버 열기</translation>
    </message>
    <message>
        <source>Find in the list</source>
        <translation>목록에서 찾기</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>이전 대화</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>다음 대화</translation>
    </message>
    <message>
        <source>Previous unread conversation</source>
        <translation>안 읽은 이전 대화</translation>
    </message>
    <message>
        <source>Next unread conversation</source>
        <translation>안 읽은 다음 대화</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>What can be done with it</source>
        <translation>할 수 있는 일 보기</translation>
    </message>
    <message>
        <source>Add to the favourites, or remove from them</source>
        <translation>즐겨찾기에 넣거나 빼기</translation>
    </message>
    <message>
        <source>Move up, into the section above too</source>
        <translation>위로 옮기기(위 섹션으로도)</translation>
    </message>
    <message>
        <source>Move down, into the section below too</source>
        <translation>아래로 옮기기(아래 섹션으로도)</translation>
    </message>
    <message>
        <source>Fold and unfold a section</source>
        <translation>섹션 접기와 펼치기</translation>
    </message>
    <message>
        <source>Rename a section</source>
        <translation>섹션 이름 바꾸기</translation>
    </message>
    <message>
        <source>Remove a section</source>
        <translation>섹션 없애기</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>줄 바꾸기</translation>
    </message>
    <message>
        <source>Edit your last message, while nothing is written</source>
        <translation>쓴 글이 없을 때: 마지막 메시지 고치기</translation>
    </message>
    <message>
        <source>Take the name or emoji that is offered</source>
        <translation>제안된 이름이나 이모지 넣기</translation>
    </message>
    <message>
        <source>To the messages</source>
        <translation>메시지로 이동</translation>
    </message>
    <message>
        <source>Scroll the messages</source>
        <translation>메시지 스크롤</translation>
    </message>
    <message>
        <source>Leave what was begun, then the conversation</source>
        <translation>하던 일 그만두기, 그다음 대화 나가기</translation>
    </message>
    <message>
        <source>Go to what it answers</source>
        <translation>답장한 메시지로 이동</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>답장</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>React</source>
        <translation>반응 남기기</translation>
    </message>
    <message>
        <source>Pin or unpin</source>
        <translation>고정하거나 고정 풀기</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>글 복사</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Previous and next picture</source>
        <translation>이전·다음 그림</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>Whole picture or full size</source>
        <translation>전체 보기 또는 실제 크기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
</context>
<context>
    <name>when</name>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message>
        <source>%n min ago</source>
        <translation>%n분 전</translation>
    </message>
    <message>
        <source>%n h ago</source>
        <translation>%n시간 전</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>어제</translation>
    </message>
    <message>
        <source>%n days ago</source>
        <translation>%n일 전</translation>
    </message>
    <message>
        <source>on {date}</source>
        <translation>{date}</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} {time}</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>a day of this year, as QLocale formats it</comment>
        <translation>M월 d일</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>온라인</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>자리 비움</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>다른 작업 중</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>오프라인</translation>
    </message>
    <message>
        <source>Appear offline</source>
        <translation>오프라인으로 표시</translation>
    </message>
    <message>
        <source>Last seen {ago}</source>
        <translation>{ago} 접속</translation>
    </message>
    <message>
        <source>{name}, {status}</source>
        <translation>{name}, {status}</translation>
    </message>
    <message>
        <source>{name}, {status}, {line}</source>
        <translation>{name}, {status}, {line}</translation>
    </message>
    <message>
        <source>active now</source>
        <translation>지금 활동 중</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>직접 선택함</translation>
    </message>
    <message>
        <source>no keyboard or mouse for a while</source>
        <translation>한동안 키보드나 마우스를 쓰지 않음</translation>
    </message>
    <message>
        <source>the screen is locked</source>
        <translation>화면이 잠겨 있음</translation>
    </message>
    <message>
        <source>signed out</source>
        <translation>로그아웃함</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>연결이 끊어짐</translation>
    </message>
    <message>
        <source>no sign of life for a long time</source>
        <translation>오랫동안 신호가 없음</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>여기 없음</translation>
    </message>
    <message>
        <source>Unknown: there is no connection to the server, so nobody can say.</source>
        <translation>알 수 없음: 서버와 연결되어 있지 않아 확인할 수 없습니다.</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>{time}부터</translation>
    </message>
    <message>
        <source>The server refused this (code: {code}).</source>
        <translation>서버가 요청을 거절했습니다 (코드: {code}).</translation>
    </message>
    <message>
        <source>There is no connection to the server right now. Try again in a moment.</source>
        <translation>지금은 서버에 연결되어 있지 않습니다. 잠시 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>That was too much at once. Wait a moment, then try again.</source>
        <translation>한꺼번에 너무 많이 요청했습니다. 잠시 기다렸다가 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>서버가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>The server is going down or is too busy.</source>
        <translation>서버가 종료되는 중이거나 너무 바쁩니다.</translation>
    </message>
    <message>
        <source>This account is connected too many times.</source>
        <translation>이 계정이 너무 많이 연결되어 있습니다.</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>방장</translation>
    </message>
    <message>
        <source>Moderator</source>
        <translation>운영자</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>멤버</translation>
    </message>
    <message>
        <source>The app and the server do not understand each other. Update the older of the two.</source>
        <translation>앱과 서버가 서로 맞지 않습니다. 둘 중 오래된 쪽을 업데이트하세요.</translation>
    </message>
    <message>
        <source>Your session has ended. Sign in again.</source>
        <translation>세션이 끝났습니다. 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>Something in this form is missing or too long. Check it and try again.</source>
        <translation>빠졌거나 너무 긴 항목이 있습니다. 확인하고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The end time has already passed. Choose a later one.</source>
        <translation>이미 지난 시각입니다. 더 늦은 시각을 고르세요.</translation>
    </message>
    <message>
        <source>This is too large for the server.</source>
        <translation>서버가 받기에는 너무 큽니다.</translation>
    </message>
    <message>
        <source>The e-mail address or the password is wrong.</source>
        <translation>이메일 주소 또는 비밀번호가 틀렸습니다.</translation>
    </message>
    <message>
        <source>Sign in to go on.</source>
        <translation>계속하려면 로그인하세요.</translation>
    </message>
    <message>
        <source>You were signed out here: from another device, by a new password, or by whoever runs the server. Sign in again.</source>
        <translation>이 기기에서 로그아웃되었습니다. 다른 기기에서 로그아웃했거나, 비밀번호가 바뀌었거나, 서버 운영자가 로그아웃한 것입니다. 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>This account is disabled. Ask whoever runs the server.</source>
        <translation>사용 중지된 계정입니다. 서버 운영자에게 문의하세요.</translation>
    </message>
    <message>
        <source>You are not allowed to do this.</source>
        <translation>이 작업을 할 권한이 없습니다.</translation>
    </message>
    <message>
        <source>The server does not have this. Check the address.</source>
        <translation>서버에 없는 항목입니다. 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>This person has no account here any more.</source>
        <translation>이 사람은 더 이상 계정이 없습니다.</translation>
    </message>
    <message>
        <source>There is already an account with this e-mail address. Sign in instead.</source>
        <translation>이 이메일 주소의 계정이 이미 있습니다. 로그인하세요.</translation>
    </message>
    <message>
        <source>This server takes no new accounts. Ask whoever runs it.</source>
        <translation>이 서버는 새 계정을 받지 않습니다. 운영자에게 문의하세요.</translation>
    </message>
    <message>
        <source>This server asks for an invite code. Ask whoever runs it for one.</source>
        <translation>이 서버에는 초대 코드가 필요합니다. 운영자에게 요청하세요.</translation>
    </message>
    <message>
        <source>This invite code is not valid. Check it, or ask for a new one.</source>
        <translation>이 초대 코드는 쓸 수 없습니다. 확인하거나 새 코드를 부탁하세요.</translation>
    </message>
    <message>
        <source>There is no invite with this code. Check it, or ask for a new one.</source>
        <translation>이 코드의 초대가 없습니다. 코드를 확인하거나 새 초대를 부탁하세요.</translation>
    </message>
    <message>
        <source>This invite has been used up. Ask for a new one.</source>
        <translation>이 초대는 정해진 횟수만큼 모두 쓰였습니다. 새 초대를 부탁하세요.</translation>
    </message>
    <message>
        <source>This invite has expired. Ask for a new one.</source>
        <translation>이 초대는 기한이 지났습니다. 새 초대를 부탁하세요.</translation>
    </message>
    <message>
        <source>This invite was taken back. Ask for a new one.</source>
        <translation>이 초대는 취소되었습니다. 새 초대를 부탁하세요.</translation>
    </message>
    <message>
        <source>The password is wrong.</source>
        <translation>비밀번호가 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Too many tries. Wait a minute, then try again.</source>
        <translation>시도가 너무 많습니다. 1분 뒤에 다시 시도하세요.</translation>
    </message>
    <message>
        <source>This account is connected too many times. Close it elsewhere.</source>
        <translation>이 계정이 너무 많이 연결되어 있습니다. 다른 곳의 연결을 닫으세요.</translation>
    </message>
    <message>
        <source>The server cannot do this right now. Try again in a moment.</source>
        <translation>서버가 지금은 할 수 없습니다. 잠시 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The server failed at this. Try again; if it stays, tell whoever runs it.</source>
        <translation>서버에서 오류가 났습니다. 다시 시도하고, 계속되면 운영자에게 알리세요.</translation>
    </message>
    <message>
        <source>Nothing answers at this address. Check the address and your network.</source>
        <translation>이 주소에서 응답이 없습니다. 주소와 네트워크를 확인하세요.</translation>
    </message>
    <message>
        <source>What answers at this address is no Presence server. Check the address.</source>
        <translation>이 주소에 있는 것은 Presence 서버가 아닙니다. 주소를 확인하세요.</translation>
    </message>
    <message>
        <source>This computer has no keyring that could keep you signed in: you will be asked for your password at each start.</source>
        <translation>이 컴퓨터에는 로그인을 유지해 줄 키링이 없습니다. 앱을 시작할 때마다 비밀번호를 물어봅니다.</translation>
    </message>
    <message>
        <source>Waiting for this computer&apos;s keyring, which keeps you signed in. If your system asks for its password, perhaps behind another window, answer there.</source>
        <translation>로그인을 유지해 주는 이 컴퓨터의 키링을 기다리고 있습니다. 시스템이 키링 비밀번호를 묻고 있다면(다른 창 뒤에 있을 수도 있습니다) 그곳에 입력하세요.</translation>
    </message>
    <message>
        <source>This computer&apos;s keyring did not open, so it cannot keep you signed in. Sign in with your password; it is asked for at each start until the keyring is unlocked.</source>
        <translation>이 컴퓨터의 키링이 열리지 않아 로그인을 유지할 수 없습니다. 비밀번호로 로그인하세요. 키링의 잠금을 풀 때까지는 시작할 때마다 비밀번호를 물어봅니다.</translation>
    </message>
    <message>
        <source>Some messages from the server could not be read. Each shows its place in the conversation; an update of the app or of the server may help.</source>
        <translation>서버에서 온 메시지 몇 개를 읽을 수 없어요. 대화에서 그 자리에 표시돼 있어요. 앱이나 서버를 업데이트하면 해결될 수 있어요.</translation>
    </message>
    <message>
        <source>Nothing can be saved on this computer: the disk is full, or the app&apos;s folder cannot be written. You can go on, but settings and unsent messages are lost when the app ends. Free some space, or check the folder&apos;s permissions.</source>
        <translation>이 컴퓨터에 아무것도 저장할 수 없습니다. 디스크가 가득 찼거나 앱의 폴더에 쓸 수 없습니다. 계속 사용할 수는 있지만, 앱을 끝내면 설정과 보내지 못한 메시지가 사라집니다. 공간을 비우거나 폴더의 권한을 확인하세요.</translation>
    </message>
    <message>
        <source>The conversations kept on this computer could not be read. They are fetched from the server again, and what could be read of your unsent messages was saved.</source>
        <translation>이 컴퓨터에 보관한 대화를 읽을 수 없어 서버에서 다시 가져옵니다. 보내지 못한 메시지는 읽을 수 있는 만큼 살려 두었습니다.</translation>
    </message>
    <message>
        <source>The settings could not be read: the app starts as if it were new. Sign in again; your conversations are still there. The old settings were put aside as settings.json.broken.</source>
        <translation>설정을 읽을 수 없어 앱이 처음 상태로 시작합니다. 다시 로그인하세요. 대화는 그대로 있습니다. 이전 설정은 settings.json.broken이라는 이름으로 옮겨 두었습니다.</translation>
    </message>
    <message>
        <source>This server takes encrypted connections only. Write https:// before its address.</source>
        <translation>이 서버는 암호화된 연결만 받습니다. 주소 앞에 https://를 붙여 주세요.</translation>
    </message>
    <message>
        <source>Nobody vouches for this server&apos;s key. Ask whoever runs the server for an invite link, or compare the key with theirs.</source>
        <translation>이 서버의 키를 보증하는 곳이 없습니다. 서버 운영자에게 초대 링크를 받거나 키를 서로 비교해 보세요.</translation>
    </message>
    <message>
        <source>This server does not prove that it is the one you know, so nothing was sent to it. Somebody may be listening in, or it was set up anew: ask whoever runs it.</source>
        <translation>알고 있던 그 서버라는 것을 증명하지 못해서 아무것도 보내지 않았습니다. 누군가 엿듣고 있거나 서버를 새로 설치했을 수 있으니 서버 운영자에게 물어보세요.</translation>
    </message>
    <message>
        <source>This server does not encrypt: everybody on the network could read along, so nothing was sent to it.</source>
        <translation>이 서버는 암호화하지 않습니다. 네트워크의 누구나 내용을 볼 수 있어서 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>You are not in this conversation, or it does not exist.</source>
        <translation>이 대화에 참여하고 있지 않거나, 없는 대화입니다.</translation>
    </message>
    <message>
        <source>This message does not exist any more.</source>
        <translation>이 메시지는 이제 없습니다.</translation>
    </message>
    <message>
        <source>This file does not exist any more.</source>
        <translation>이 파일은 이제 없습니다.</translation>
    </message>
    <message>
        <source>This text is empty, or it has characters in it that are not allowed.</source>
        <translation>글이 비어 있거나, 쓸 수 없는 글자가 들어 있습니다.</translation>
    </message>
    <message>
        <source>This text is too long.</source>
        <translation>글이 너무 깁니다.</translation>
    </message>
    <message>
        <source>This message mentions too many people. Use @all instead.</source>
        <translation>너무 많은 사람을 언급했습니다. 대신 @all을 쓰세요.</translation>
    </message>
    <message>
        <source>One reacts with one emoji.</source>
        <translation>반응은 이모지 하나로 합니다.</translation>
    </message>
    <message>
        <source>There is no room for more of these.</source>
        <translation>더 추가할 수 없습니다.</translation>
    </message>
    <message>
        <source>This was sent before, with something else in it.</source>
        <translation>다른 내용으로 이미 보낸 것입니다.</translation>
    </message>
    <message>
        <source>This message was deleted.</source>
        <translation>지운 메시지입니다.</translation>
    </message>
    <message>
        <source>A room needs an owner: make somebody else owner first.</source>
        <translation>방에는 방장이 있어야 합니다. 먼저 다른 사람을 방장으로 지정하세요.</translation>
    </message>
    <message>
        <source>This file is too large for the server.</source>
        <translation>서버가 받기에는 너무 큰 파일입니다.</translation>
    </message>
    <message>
        <source>Your files take up all the space you have here. Delete messages with large files.</source>
        <translation>내 파일이 쓸 수 있는 공간을 다 차지했습니다. 큰 파일이 있는 메시지를 지우세요.</translation>
    </message>
    <message>
        <source>Sending this file went wrong. Try again.</source>
        <translation>파일을 보내다가 문제가 생겼습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>This file has not arrived in full. Try again.</source>
        <translation>파일이 다 도착하지 않았습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The server cannot use this file&apos;s name. Rename the file.</source>
        <translation>서버가 이 파일 이름을 쓸 수 없습니다. 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>This picture cannot be read. PNG, JPEG and WebP can.</source>
        <translation>이 사진은 읽을 수 없습니다. PNG, JPEG, WebP를 쓰세요.</translation>
    </message>
    <message>
        <source>This cannot be read as a file: it is empty, a folder, moved, deleted, or not yours.</source>
        <translation>파일로 읽을 수 없습니다. 비어 있거나, 폴더이거나, 옮겨졌거나, 지워졌거나, 읽을 권한이 없습니다.</translation>
    </message>
    <message>
        <source>The file cannot be saved there: no space, or no permission.</source>
        <translation>거기에는 저장할 수 없습니다. 공간이 없거나 권한이 없습니다.</translation>
    </message>
</context>
</TS>
