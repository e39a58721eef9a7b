package dev.flotilla.traffic.dns;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a node's two name servers read.
///
/// The first answers everybody. It reads `hosts` anew by itself as files come, change and go, and
/// `forward` when it gets a SIGHUP. What only a server's own configuration can say, such as the
/// ports of endpoints, is asked of the second, which is begun anew whenever that changes while the
/// first goes on.
///
/// @param main the first's configuration
/// @param second the second's
/// @param forward which names the first asks the second for
/// @param hosts by file name in the folder `hosts`
/// @param outside names of the world that ExternalNames stand for. The first tells their addresses
///   along with them only while it remembers those: they are to be asked for now and then
public record DnsFiles(
        String main,
        String second,
        String forward,
        SortedMap<String, String> hosts,
        SortedSet<String> outside) {
    public DnsFiles {
        hosts = new TreeMap<>(hosts);
        outside = new TreeSet<>(outside);
    }

    /// What to do to come here from other files.
    ///
    /// @param written files in `hosts` to be put in place, each by renaming
    /// @param removed files in `hosts` that go
    /// @param restartMain whether the first is to begin anew
    /// @param restartSecond whether the second is
    /// @param hangUp whether the first gets a SIGHUP, after all that
    public record Change(
            SortedMap<String, String> written,
            SortedSet<String> removed,
            boolean restartMain,
            boolean restartSecond,
            boolean hangUp) {
        public boolean none() {
            return written.isEmpty()
                    && removed.isEmpty()
                    && !restartMain
                    && !restartSecond
                    && !hangUp;
        }
    }

    public Change since(DnsFiles before) {
        var written = new TreeMap<>(hosts);
        written.entrySet().removeIf(e -> e.getValue().equals(before.hosts.get(e.getKey())));
        var removed = new TreeSet<>(before.hosts.keySet());
        removed.removeAll(hosts.keySet());
        boolean restartMain = !main.equals(before.main);
        return new Change(
                written,
                removed,
                restartMain,
                !second.equals(before.second),
                !restartMain && !forward.equals(before.forward));
    }
}
