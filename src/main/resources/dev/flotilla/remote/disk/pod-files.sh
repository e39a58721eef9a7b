# Pods' volumes on this node. POSIX sh; run as root.
#   place DISK MEMORY TURN (WHAT PATH A B)...   files come as a tar on standard input
#   clear DISK MEMORY                           takes a pod's folders away
#   list DISK MEMORY VOLUMES                    names what is there
#   take FILE '' BYTES                          prints the end of a file and empties it
#   use '' '' FOLDER...                         prints how many kilobytes lie in each that is there
#   drop VOLUMES '' NAME                        takes a volume away that outlived its pods
# Ends with 3 and a sentence when the node can't do what was asked.
set -eu
umask 022

refuse() {
    printf '%s\n' "$1" >&2
    exit 3
}

# A folder that begins empty; its group owns what is made in it.
folder() { # path group
    if [ ! -d "$1" ]; then
        mkdir -p "$1"
        chmod 0777 "$1"
    fi
    if [ -n "$2" ]; then
        chgrp "$2" "$1"
        chmod 2777 "$1"
    fi
}

mounted() {
    while read -r _ _ _ _ at _; do
        [ "$at" = "$1" ] && return 0
    done < /proc/self/mountinfo
    return 1
}

memory() { # path size group
    mkdir -p "$1"
    if ! mounted "$1"; then
        options=mode=0777
        [ "$2" = 0 ] || options=$options,size=$2
        mount -t tmpfs -o "$options" flotilla "$1" || refuse "no memory volume can be mounted at $1"
    fi
    folder "$1" "$3"
}

# New files appear together: readers follow one link, and it is replaced in one step.
tree() { # path
    ln -s "..$turn" "$1/..next"
    mv -T "$1/..next" "$1/..data"
    for file in "$1/..data"/* "$1/..data"/.[!.]*; do
        name=${file##*/}
        if [ -e "$file" ] && [ ! -L "$1/$name" ]; then
            ln -s "..data/$name" "$1/$name"
        fi
    done
    for link in "$1"/* "$1"/.[!.]*; do
        if [ -L "$link" ] && [ ! -e "$link" ]; then
            rm -f "$link"
        fi
    done
    for old in "$1"/..[0-9]*; do
        [ "$old" = "$1/..$turn" ] || rm -rf "$old"
    done
}

own() { # path group
    [ "$(stat -c %g "$1")" = "$2" ] && [ -g "$1" ] && return 0
    chgrp -R "$2" "$1"
    chmod -R g+rwX "$1"
    find "$1" -type d -exec chmod g+s {} +
}

path() { # path type group
    case $2 in
        DirectoryOrCreate)
            [ -e "$1" ] || mkdir -p "$1"
            [ -d "$1" ] || refuse "hostPath type check failed: $1 is not a directory" ;;
        Directory) [ -d "$1" ] || refuse "hostPath type check failed: $1 is not a directory" ;;
        FileOrCreate)
            [ -e "$1" ] || : > "$1" || refuse "hostPath type check failed: $1 can't be made"
            [ -f "$1" ] || refuse "hostPath type check failed: $1 is not a file" ;;
        File) [ -f "$1" ] || refuse "hostPath type check failed: $1 is not a file" ;;
        Socket) [ -S "$1" ] || refuse "hostPath type check failed: $1 is not a socket file" ;;
        CharDevice) [ -c "$1" ] || refuse "hostPath type check failed: $1 is not a character device" ;;
        BlockDevice) [ -b "$1" ] || refuse "hostPath type check failed: $1 is not a block device" ;;
    esac
    [ -z "$3" ] || own "$1" "$3"
}

# A folder that outlives its pods. Whose it is stands in a link beside those of other clusters.
kept() { # path note group
    [ -e "$1" ] || mkdir -p "$1"
    if [ -n "$2" ] && [ ! -L "$2" ]; then
        mkdir -p "${2%/*}"
        ln -s "$1" "$2"
    fi
    [ -z "$3" ] || own "$1" "$3"
}

part() { # volume part
    if [ ! -e "$1/$2" ]; then
        # Each folder on the way belongs to whom the volume belongs.
        at=$1
        IFS=/
        for step in $2; do
            at=$at/$step
            if [ ! -e "$at" ]; then
                mkdir "$at"
                chgrp "$(stat -c %g "$1")" "$at"
                chmod "$(stat -c %a "$1")" "$at"
            fi
        done
        unset IFS
    fi
    real=$(readlink -f "$1/$2")
    whole=$(readlink -f "$1")
    case $real in
        "$whole" | "$whole"/*) ;;
        *) refuse "subPath \"$2\" leaves its volume" ;;
    esac
}

# A file that anybody may write into.
note() { # path
    [ -e "$1" ] || : > "$1"
    chmod 0666 "$1"
}

what=$1 disk=$2 memory=$3
shift 3
case $what in
    place)
        turn=$1
        shift
        mkdir -p "$disk" "$memory"
        chmod 0750 "$disk" "$memory"
        tar -xpf - -C /
        while [ $# -ge 4 ]; do
            case $1 in
                folder-disk) folder "$2" "$4" ;;
                folder-memory) memory "$2" "$3" "$4" ;;
                tree) tree "$2" ;;
                path) path "$2" "$3" "$4" ;;
                kept) kept "$2" "$3" "$4" ;;
                part) part "$2" "$3" ;;
                note) note "$2" ;;
            esac
            shift 4
        done ;;
    clear)
        for at in "$memory"/*; do
            if mounted "$at"; then
                umount "$at" || refuse "the memory volume $at is still in use"
            fi
        done
        rm -rf "$disk" "$memory" ;;
    take)
        if [ -s "$disk" ]; then
            tail -c "$1" "$disk"
            : > "$disk"
        fi ;;
    list)
        for at in "$disk"/* "$memory"/*; do
            [ ! -d "$at" ] || printf 'pod %s\n' "${at##*/}"
        done
        for at in "$1"/*; do
            [ ! -L "$at" ] || printf 'volume %s\n' "${at##*/}"
        done ;;
    use)
        # Files come and go meanwhile: du complains of them, and what it counted holds.
        for at in "$@"; do
            [ ! -d "$at" ] || nice du -skx "$at" 2>/dev/null || :
        done ;;
    drop)
        at=$disk/$1
        if [ -L "$at" ]; then
            rm -rf "$(readlink "$at")"
            rm -f "$at"
        fi ;;
esac
