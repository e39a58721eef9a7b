# folder-tar WHAT FOLDER: what a folder holds, as an archive on the output or from the input.
#   read: on the output     unpack: from the input, beside what is there     commit: in its place     forget: what was unpacked
# What read and unpack write ends with a mark and tar's exit code.
new=.flotilla-new old=.flotilla-old
ended() { printf '\nflotilla-tar-ended %03d' "$1"; }
case $1 in
  read)
    cd "$2" || { ended 9; exit; }
    tar -c --numeric-owner --sparse --one-file-system --warning=no-file-changed --warning=no-file-ignored \
      --exclude="./$new" --exclude="./$old" --use-compress-program='gzip -1' -f - . 2>/dev/null
    ended $? ;;
  unpack)
    { mkdir -p "$2" && cd "$2" && rm -rf "$new" && mkdir "$new"; } || { ended 9; exit; }
    tar -x --numeric-owner --same-permissions --same-owner --gzip -C "$new" -f - 2>/dev/null
    ended $? ;;
  commit)
    set -e; cd "$2"
    [ -d "$new" ] || { echo "nothing was unpacked" >&2; exit 1; }
    rm -rf "$old"; mkdir "$old"
    find . -mindepth 1 -maxdepth 1 ! -name "$new" ! -name "$old" -exec mv -t "$old" -- {} +
    find "$new" -mindepth 1 -maxdepth 1 -exec mv -t . -- {} +
    chown --reference="$new" .; chmod --reference="$new" .
    rm -rf "$new" "$old" ;;
  forget) rm -rf "$2/$new" ;;
esac
