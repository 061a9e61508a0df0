#!/bin/sh
# A screen without a person behind it: Chromium, full screen, on one page, for as long as the power is on.
#   kiosk-browser.sh URL
# URL is what `queue-server device add` leads to, e.g. http://antrean.local:8000/lebak/kiosk#enrol=TOKEN
# The profile is kept: it holds the device's enrolment and what a display has already spoken.
set -eu
url=${1:?usage: kiosk-browser.sh URL}
profile=${XDG_STATE_HOME:-$HOME/.local/state}/antrean-browser
mkdir -p "$profile"

# After a power cut Chromium would ask whether to restore pages; nobody is there to answer.
preferences=$profile/Default/Preferences
if [ -f "$preferences" ]; then
    sed -i 's/"exited_cleanly":false/"exited_cleanly":true/; s/"exit_type":"[^"]*"/"exit_type":"Normal"/' "$preferences"
fi

# The screen may be up before the server is: wait for it rather than showing a browser's error page.
origin=$(printf '%s' "$url" | sed -E 's#^(https?://[^/]+).*#\1#')
until curl --fail --silent --max-time 3 --output /dev/null "$origin/healthz"; do sleep 2; done

# --kiosk-printing sends a slip to the default printer without a dialogue: set paper and printer in CUPS.
# --autoplay-policy lets a wall speak without a first key press.
exec chromium \
    --kiosk \
    --kiosk-printing \
    --autoplay-policy=no-user-gesture-required \
    --user-data-dir="$profile" \
    --no-first-run \
    --no-default-browser-check \
    --disable-session-crashed-bubble \
    --disable-infobars \
    --disable-translate \
    --disable-features=Translate,TouchpadOverscrollHistoryNavigation \
    --disable-pinch \
    --overscroll-history-navigation=0 \
    --noerrdialogs \
    --disable-component-update \
    --disable-background-networking \
    --password-store=basic \
    "$url"
