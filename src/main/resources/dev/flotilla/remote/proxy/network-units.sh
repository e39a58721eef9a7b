# Has FOLDER/network.sh run now, at each boot before Docker starts, and whenever Docker has started. POSIX sh; run as root.
# Without systemd it runs now only, and what a boot takes away comes back with the master.
set -eu
folder=$1
if [ -d /run/systemd/system ]; then
    changed=
    unit() {
        file=/etc/systemd/system/$1
        text=$(cat)
        [ -f "$file" ] && [ "$(cat "$file")" = "$text" ] || { printf '%s\n' "$text" > "$file"; changed=yes; }
    }
    unit flotilla-network.service << END
[Unit]
Description=Routes and rules of Flotilla's services
After=network.target
Before=docker.service
[Service]
Type=oneshot
ExecStart=/bin/sh $folder/network.sh
[Install]
WantedBy=multi-user.target
END
    unit flotilla-network-docker.service << END
[Unit]
Description=Routes and rules of Flotilla's services, put before Docker's own
After=docker.service
PartOf=docker.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh $folder/network.sh
[Install]
WantedBy=docker.service
END
    if [ -n "$changed" ]; then
        systemctl daemon-reload
        systemctl --quiet enable flotilla-network.service flotilla-network-docker.service
    fi
fi
sh "$folder/network.sh"
