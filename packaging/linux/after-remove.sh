#!/bin/sh
# After the files are gone. Nobody's own data is touched, not even by a purge; where it lies is said.
# Called with: remove, purge, upgrade, ... (deb), or how many versions remain (rpm).
set -e
if command -v update-desktop-database >/dev/null; then
    update-desktop-database -q /usr/share/applications || true
fi
if command -v gtk-update-icon-cache >/dev/null; then
    gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true
fi
case "${1:-}" in
    remove | 0)
        cat <<'SAID'
Presence Desktop is removed. What people wrote and hosted stays in the home of each:
    ~/.local/share/presence-desktop     conversations, and the server's data if they hosted one
    ~/.config/presence-desktop          settings
    ~/.cache/presence-desktop           pictures that can be had again
Installed again, it goes on from there. Delete these folders yourself if nobody needs them.
SAID
        ;;
esac
