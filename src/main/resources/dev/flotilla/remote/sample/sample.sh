# One sample of a node's figures for each line read. $1: a folder to find /proc and /sys under,
# empty for the real ones. Few forks and few bytes, whatever the number of containers.
#   id ID                a container of which no sample told before, in full; below, as much of it as tells one from another
#   c ID CPU MEMORY INACTIVE RECEIVED SENT
#                        a container: its CPU time (nanoseconds, or with a u microseconds), bytes of memory, bytes of it that
#                        files could give back, bytes of traffic; - where there is no such figure
#   stat cpu …           the node's CPU time since boot
#   mem MemTotal: …      the node's memory
#   disk SIZE …          blocks and inodes, all and free, of the filesystems of / and of $2, the engine's folder
#   pids N MOST MOST     processes and threads, and the two bounds on them
#   end
r=$1
known=
containers='
  function name(path,   part, n) {
    n = split(path, part, "/"); path = part[n - 1]
    sub(/^docker-/, "", path); return substr(path, 1, 16)
  }
  function shown(value) { return value == "" ? "-" : value }
  /^(id|stat|mem|disk|pids) / { print; next }
  /^pid / { of[$2] = name($3); seen[name($3)]; next }
  {
    split($0, half, ":"); key = half[1]; file = key; sub(/.*\//, "", file)
    if (file == "dev") {
      n = split(key, part, "/"); split(half[3], traffic, " "); id = of[part[n - 2]]
      received[id] = traffic[1]; sent[id] = traffic[9]; next
    }
    id = name(key); seen[id]; n = split(half[2], value, " ")
    if (file == "cpuacct.usage") cpu[id] = value[1]
    else if (file == "cpu.stat") cpu[id] = value[2] "u"
    else if (file == "memory.stat") { if (value[1] == "total_inactive_file" || !(id in inactive)) inactive[id] = value[2] }
    else memory[id] = value[1]
  }
  END {
    for (id in seen)
      print "c", id, shown(cpu[id]), shown(memory[id]), shown(inactive[id]), shown(received[id]), shown(sent[id])
  }'
while read -r _; do
  net= now= ids=
  for d in "$r"/sys/fs/cgroup/cpuacct/docker/*/ "$r"/sys/fs/cgroup/cpuacct/system.slice/docker-*.scope/ \
           "$r"/sys/fs/cgroup/docker/*/ "$r"/sys/fs/cgroup/system.slice/docker-*.scope/; do
    pid=
    [ -r "$d"cgroup.procs ] && read -r pid < "$d"cgroup.procs
    [ -n "$pid" ] || continue
    id=${d%/} id=${id##*/} id=${id#docker-} id=${id%.scope}
    now="$now $id"
    case $known in *"$id"*) ;; *) echo "id $id" ;; esac
    ids="$ids$pid $d
"
    net="$net $r/proc/$pid/net/dev"
  done 2>/dev/null
  known=$now
  {
    while read -r pid d; do
      [ -z "$d" ] || echo "pid $pid $d"
    done << END
$ids
END
    grep -sHE '^[0-9]+$' \
      "$r"/sys/fs/cgroup/cpuacct/docker/*/cpuacct.usage "$r"/sys/fs/cgroup/cpuacct/system.slice/docker-*.scope/cpuacct.usage \
      "$r"/sys/fs/cgroup/memory/docker/*/memory.usage_in_bytes "$r"/sys/fs/cgroup/memory/system.slice/docker-*.scope/memory.usage_in_bytes \
      "$r"/sys/fs/cgroup/docker/*/memory.current "$r"/sys/fs/cgroup/system.slice/docker-*.scope/memory.current
    grep -sHE '^(usage_usec|total_inactive_file|inactive_file) ' \
      "$r"/sys/fs/cgroup/memory/docker/*/memory.stat "$r"/sys/fs/cgroup/memory/system.slice/docker-*.scope/memory.stat \
      "$r"/sys/fs/cgroup/docker/*/cpu.stat "$r"/sys/fs/cgroup/system.slice/docker-*.scope/cpu.stat \
      "$r"/sys/fs/cgroup/docker/*/memory.stat "$r"/sys/fs/cgroup/system.slice/docker-*.scope/memory.stat
    [ -z "$net" ] || grep -sHE '^ *eth0:' $net
    while read -r k v; do
      [ "$k" = cpu ] && echo "stat $v" && break
    done 2>/dev/null < "$r"/proc/stat
    while read -r k v _; do
      case $k in MemTotal:|MemAvailable:) echo "mem $k $v" ;; esac
      [ "$k" = MemAvailable: ] && break
    done 2>/dev/null < "$r"/proc/meminfo
    stat -f -c 'disk %S %b %a %c %d' "$r/" "$r$2" 2>/dev/null
    { read -r _ _ _ v _ < "$r"/proc/loadavg && read -r k < "$r"/proc/sys/kernel/pid_max &&
      read -r d < "$r"/proc/sys/kernel/threads-max && echo "pids ${v#*/} $k $d"; } 2>/dev/null
  } | awk "$containers"
  echo end
done
