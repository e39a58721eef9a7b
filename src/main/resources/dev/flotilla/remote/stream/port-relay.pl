# Carries connections into the networks of containers.
# serve SELF: listens on a Unix socket, and says where: "ready PATH". Who connects says "PID PORT" in a line; for each
#   a process enters the network of PID and becomes: connect SELF PORT. Ends with its standard input.
# connect SELF PORT: connects to localhost, says "ok" or why not in a line, and copies both ways.
use strict;
use Errno;
use Socket qw(:DEFAULT inet_pton pack_sockaddr_in6);

my ($role, $self, $port) = @ARGV;
my $ended = 0;

sub copy {
    my ($from, $to) = @_;
    while (1) {
        # Who has said all and hears nothing for so long is gone.
        alarm(600) if $ended;
        my $read = sysread($from, my $bytes, 65536);
        next if !defined $read && $!{EINTR};
        return if !$read;
        for (my $done = 0; $done < $read;) {
            my $some = syswrite($to, $bytes, $read - $done, $done);
            next if !defined $some && $!{EINTR};
            return if !defined $some;
            $done += $some;
        }
    }
}

if ($role eq 'connect') {
    my ($pod, $why);
    for my $at ([PF_INET, pack_sockaddr_in($port, INADDR_LOOPBACK)], [PF_INET6, pack_sockaddr_in6($port, inet_pton(AF_INET6, '::1'))]) {
        socket(my $one, $at->[0], SOCK_STREAM, 0) or next;
        if (connect($one, $at->[1])) { $pod = $one; last }
        $why = "$!" if !defined $why;
    }
    syswrite(STDOUT, $pod ? "ok\n" : "$why\n");
    exit if !$pod;
    $SIG{PIPE} = 'IGNORE';
    $SIG{CHLD} = sub { $ended = 1; alarm(600) };
    my $child = fork();
    if (!$child) {
        copy(*STDIN, $pod);
        shutdown($pod, 1);
        exit;
    }
    copy($pod, *STDOUT);
    shutdown(STDOUT, 1);
    waitpid($child, 0);
    exit;
}

chomp(my $folder = `mktemp -d /run/flotilla-relay.XXXXXX`);
my $path = "$folder/socket";
my ($listener, $byte);
socket($listener, PF_UNIX, SOCK_STREAM, 0) && bind($listener, pack_sockaddr_un($path)) && listen($listener, 512)
    or do { print "it can't listen in /run: $!\n"; exit };
# Who came by sudo connects as himself.
chown($ENV{SUDO_UID}, -1, $folder, $path) if defined $ENV{SUDO_UID};
$SIG{CHLD} = 'IGNORE';
syswrite(STDOUT, "ready $path\n");
open(STDERR, '>', '/dev/null');
while (1) {
    my $ready = '';
    vec($ready, fileno(STDIN), 1) = 1;
    vec($ready, fileno($listener), 1) = 1;
    next if select($ready, undef, undef, undef) < 0;
    last if vec($ready, fileno(STDIN), 1) && !sysread(STDIN, my $word, 64);
    next if !vec($ready, fileno($listener), 1) || !accept(my $client, $listener);
    my $child = fork();
    next if !defined $child || $child;
    close($listener);
    open(STDIN, '<&', $client);
    open(STDOUT, '>&', $client);
    my $line = '';
    while (sysread(STDIN, $byte, 1) && $byte ne "\n" && length($line) < 64) { $line .= $byte }
    exec('nsenter', '-t', $1, '-n', '--', 'perl', '-e', $self, 'connect', $self, $2) if $line =~ /^(\d+) (\d+)$/;
    exit;
}
unlink($path);
rmdir($folder);
