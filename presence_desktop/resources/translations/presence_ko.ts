<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
<context>
    <name>ColumnPage</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
</context>
<context>
    <name>ContactPane</name>
    <message>
        <source>Search people</source>
        <translation>사람 찾기</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>검색 지우기</translation>
    </message>
</context>
<context>
    <name>CopyField</name>
    <message>
        <source>Copy: {what}</source>
        <translation>복사: {what}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
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
    <name>FormPage</name>
    <message>
        <source>One moment…</source>
        <translation>잠시만요…</translation>
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
        <source>Reachable from my network (not encrypted yet)</source>
        <translation>내 네트워크에서 접속 허용 (아직 암호화되지 않음)</translation>
    </message>
    <message>
        <source>Without this tick only this computer can connect. Use it in networks that you trust.</source>
        <translation>선택하지 않으면 이 컴퓨터에서만 접속할 수 있습니다. 믿을 수 있는 네트워크에서만 켜세요.</translation>
    </message>
</context>
<context>
    <name>HostingPage</name>
    <message>
        <source>Your server</source>
        <translation>내 서버</translation>
    </message>
    <message>
        <source>Hand out the address and the invite code; that is all others need.</source>
        <translation>주소와 초대 코드를 전해 주세요. 다른 사람에게 필요한 것은 그게 전부입니다.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Invite code</source>
        <translation>초대 코드</translation>
    </message>
    <message>
        <source>being made…</source>
        <translation>만드는 중…</translation>
    </message>
    <message>
        <source>Make another code</source>
        <translation>새 코드 만들기</translation>
    </message>
    <message>
        <source>Everybody in your network can reach it. The connection is not encrypted yet.</source>
        <translation>네트워크의 누구나 접속할 수 있습니다. 연결은 아직 암호화되지 않습니다.</translation>
    </message>
    <message>
        <source>Only this computer can reach it.</source>
        <translation>이 컴퓨터에서만 접속할 수 있습니다.</translation>
    </message>
    <message>
        <source>Go to the people</source>
        <translation>사람 목록으로</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>서버 시작</translation>
    </message>
    <message>
        <source>Stop the server</source>
        <translation>서버 중지</translation>
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
        <source>Join</source>
        <translation>참여</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>참여하는 중…</translation>
    </message>
    <message>
        <source>Join your team</source>
        <translation>팀에 참여</translation>
    </message>
    <message>
        <source>Whoever runs the server gave you its address and an invite code.</source>
        <translation>서버 운영자에게서 받은 주소와 초대 코드를 입력하세요.</translation>
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
    <name>Nobody</name>
    <message>
        <source>Show the invite</source>
        <translation>초대 코드 보기</translation>
    </message>
    <message>
        <source>Nobody is called “{name}”.</source>
        <translation>“{name}”와(과) 맞는 사람이 없습니다.</translation>
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
        <source>Close</source>
        <translation>닫기</translation>
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
    <name>ProfileCard</name>
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
        <source>never yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>runs this server</source>
        <translation>서버 운영자</translation>
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
        <source>Your server…</source>
        <translation>내 서버…</translation>
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
    <name>WelcomePage</name>
    <message>
        <source>See who is there. Truly.</source>
        <translation>누가 있는지, 있는 그대로.</translation>
    </message>
    <message>
        <source>A messenger for your team, on your own computer. No cloud account needed.</source>
        <translation>내 컴퓨터에서 돌아가는 팀 메신저. 클라우드 계정이 필요 없습니다.</translation>
    </message>
    <message>
        <source>Host on this computer</source>
        <translation>이 컴퓨터에서 호스팅</translation>
    </message>
    <message>
        <source>Starts a server here. You get an address and an invite to hand out.</source>
        <translation>여기서 서버를 시작합니다. 나눠 줄 주소와 초대 코드가 만들어집니다.</translation>
    </message>
    <message>
        <source>Join a server</source>
        <translation>서버에 참여</translation>
    </message>
    <message>
        <source>With the address and the invite code that somebody gave you.</source>
        <translation>받은 주소와 초대 코드로 들어갑니다.</translation>
    </message>
    <message>
        <source>Try it with simulated colleagues</source>
        <translation>가상 동료와 체험하기</translation>
    </message>
    <message>
        <source>A server that lives as long as this window, with a lively team. Nothing is kept.</source>
        <translation>이 창이 열려 있는 동안만 사는 서버와 활기찬 팀. 아무것도 남지 않습니다.</translation>
    </message>
    <message>
        <source>I have an account: sign in</source>
        <translation>계정이 있습니다: 로그인</translation>
    </message>
</context>
<context>
    <name>_ServerForm</name>
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
        <source>Type the address you were given, for example 192.168.0.12:3001.</source>
        <translation>받은 주소를 입력하세요. 예: 192.168.0.12:3001</translation>
    </message>
    <message>
        <source>Type an e-mail address, for example you@example.org.</source>
        <translation>이메일 주소를 입력하세요. 예: you@example.org</translation>
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
        <source>The server made no invite. Try again.</source>
        <translation>초대 코드를 만들지 못했습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The server ended by itself.</source>
        <translation>서버가 저절로 종료되었습니다.</translation>
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
        <source>This invite code is not valid any more. Ask for a new one.</source>
        <translation>더 이상 쓸 수 없는 초대 코드입니다. 새 코드를 요청하세요.</translation>
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
        <source>This computer has no keyring that could keep you signed in: you will be asked for your password at the next start.</source>
        <translation>이 컴퓨터에는 로그인을 기억할 키링이 없습니다. 다음에 시작할 때 비밀번호를 다시 묻습니다.</translation>
    </message>
</context>
</TS>
