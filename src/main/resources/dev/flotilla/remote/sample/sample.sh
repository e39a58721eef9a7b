# One sample of a node's figures for each line read. $1: a folder to find /proc and /sys under,
# empty for the real ones. Few forks, whatever the number of containers.
#   pid PID CGROUP       a process of each container
#   PATH:VALUE           CPU and memory of each container
#   /proc/PID/net/dev:…  its traffic
#   stat cpu …           the node's CPU time since boot
#   mem MemTotal: …      the node's memory
#   disk SIZE …          blocks and inodes, all and free, of the filesystems of / and of $2, the engine's folder
#   pids N MOST MOST     processes and threads, and the two bounds on them
#   end
r=$1
while read -r _; do
  net=
  for d in "$r"/sys/fs/cgroup/cpuacct/docker/*/ "$r"/sys/fs/cgroup/cpuacct/system.slice/docker-*.scope/ \
           "$r"/sys/fs/cgroup/docker/*/ "$r"/sys/fs/cgroup/system.slice/docker-*.scope/; do
    pid=
    [ -r "$d"cgroup.procs ] && read -r pid < "$d"cgroup.procs
    [ -n "$pid" ] || continue
    echo "pid $pid $d"
    net="$net $r/proc/$pid/net/dev"
  done 2>/dev/null
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
  echo end
done
