# Configuration on this node, each file whole or not at all. POSIX sh; run as root.
#   place FOLDER [GONE...]   files come as a tar on standard input; those named after it are taken away
#   only FOLDER              the same, and what is in hosts and certs besides goes
#   group FILE               prints the number of a file's group
#   read FILE                prints it
#   hangup PID               has a process read its files anew
set -eu
umask 022
case $1 in
  place|only)
    folder=$2 what=$1; shift 2
    [ "$what" = place ] || rm -rf "$folder/hosts" "$folder/certs"
    new=$folder/.incoming
    mkdir -p "$folder/run" "$folder/hosts"; rm -rf "$new"; mkdir "$new"
    tar -x -C "$new" -f -
    cd "$new"
    find . -type d -exec sh -c 'cd "$1" && shift && mkdir -p -- "$@"' sh "$folder" {} +
    find . -type f -exec sh -c 'for f; do mv -f -- "$f" "$0/$f"; done' "$folder" {} +
    cd "$folder"; rm -rf "$new"
    for f; do rm -f -- "$f"; done ;;
  group) stat -L -c %g "$2" ;;
  read) cat "$2" ;;
  hangup) kill -HUP "$2" ;;
esac
