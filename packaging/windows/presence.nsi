; The installer for Windows, for the person who runs it: no administrator is needed.
;     makensis -DVERSION=1.2.3 -DPAYLOAD=build\frozen\presence-desktop -DOUTFILE=dist\setup.exe packaging\windows\presence.nsi
; It says where people's own data lies when it removes the program, and never touches that.
Unicode true
!ifndef VERSION
  !error "VERSION is not given"
!endif
!ifndef PAYLOAD
  !error "PAYLOAD is not given: the folder that PyInstaller made"
!endif
!ifndef OUTFILE
  !error "OUTFILE is not given"
!endif

!include MUI2.nsh
!include FileFunc.nsh

!define APP "Presence Desktop"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\PresenceDesktop"
!define AUTOSTART "Software\Microsoft\Windows\CurrentVersion\Run"
!define CLASSES "Software\Classes"

Name "${APP}"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\Presence Desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "FileDescription" "Installs ${APP}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT License"

!ifdef ICON
  !define MUI_ICON "${ICON}"
  !define MUI_UNICON "${ICON}"
!endif
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\presence-desktop.exe"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Korean"

LangString RUNNING ${LANG_ENGLISH} "Presence Desktop is running. Please quit it (also in the tray), then try again."
LangString RUNNING ${LANG_KOREAN} "Presence Desktop이 실행 중입니다. 트레이에서도 종료한 다음 다시 시도하세요."
LangString KEPT ${LANG_ENGLISH} "Presence Desktop is removed. Your conversations and settings, and the data of a server you hosted, stay in$\r$\n$LOCALAPPDATA\presence-desktop$\r$\nDelete that folder yourself if nobody needs it."
LangString KEPT ${LANG_KOREAN} "Presence Desktop을 제거했습니다. 대화와 설정, 호스팅하던 서버의 데이터는 다음 폴더에 남아 있습니다.$\r$\n$LOCALAPPDATA\presence-desktop$\r$\n아무도 필요하지 않으면 직접 지우세요."

; A program that runs holds its file: it cannot be written to.
!macro AskToQuit UN
  Function ${UN}AskToQuit
    again:
    IfFileExists "$INSTDIR\presence-desktop.exe" 0 free
    ClearErrors
    FileOpen $0 "$INSTDIR\presence-desktop.exe" a
    IfErrors busy
    FileClose $0
    ClearErrors
    FileOpen $0 "$INSTDIR\presence-server.exe" a
    IfErrors busy
    FileClose $0
    Goto free
    busy:
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
    SetErrorLevel 2
    Quit
    free:
  FunctionEnd
!macroend
!insertmacro AskToQuit ""
!insertmacro AskToQuit "un."

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Section "${APP}"
  Call AskToQuit
  ; what an older version had and this one has not would otherwise be loaded
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\presence-desktop.exe"

  WriteRegStr HKCU "${CLASSES}\presence" "" "URL:Presence invite"
  WriteRegStr HKCU "${CLASSES}\presence" "URL Protocol" ""
  WriteRegStr HKCU "${CLASSES}\presence\DefaultIcon" "" "$INSTDIR\presence-desktop.exe,0"
  WriteRegStr HKCU "${CLASSES}\presence\shell\open\command" "" '"$INSTDIR\presence-desktop.exe" "%1"'

  WriteRegStr HKCU "${KEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\presence-desktop.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "Presence Desktop contributors"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  Call un.AskToQuit
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\presence-desktop.exe"
  Delete "$INSTDIR\presence-server.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}.lnk"
  DeleteRegKey HKCU "${CLASSES}\presence"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegValue HKCU "${AUTOSTART}" "presence-desktop"
  MessageBox MB_OK|MB_ICONINFORMATION "$(KEPT)" /SD IDOK
SectionEnd
