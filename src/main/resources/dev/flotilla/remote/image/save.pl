# save SOCKET PATH: asks the engine behind SOCKET for the archive at PATH and passes on what is wanted of it.
# Says "zone SECONDS", how far the node's clocks were ahead of UTC in 1970, which the engine puts into names. Then reads
#   names from standard input, one in a line, up to an empty line: what they name, or what lies in a folder they name
#   with a slash at the end, is left out.
# The archive comes in frames: a letter, four bytes of length, so many bytes. P is plain, Z packed with gzip, E the end,
#   with what failed, if anything did. Packed is what goes out on a slow line, if that makes it smaller.
use strict;
use Errno;
use Fcntl;
use Socket;

my ($socket, $path) = @ARGV;
my $PIECE = 1 << 20;
my $JUDGED = 4 << 20;     # as long as less was sent, buffers on the way hide how fast the line is
my $SLOW = 12_000_000;    # bytes a second: gzip is several times as fast
my $PAUSE = 16;           # pieces that go out as they are after one that gzip made no smaller
my ($engine, $in, $piece, $sent, $waited, $slow, $rest) = (undef, '', '', 0, 0, 0, 0);

sub put {
    my ($bytes) = @_;
    for (my $done = 0; $done < length $bytes;) {
        my $some = syswrite(STDOUT, $bytes, length($bytes) - $done, $done);
        if (defined $some) { $done += $some; next }
        next if $!{EINTR};
        exit 1 if !$!{EAGAIN};
        my $ready = '';
        vec($ready, fileno(STDOUT), 1) = 1;
        my ($n, $left) = select(undef, $ready, undef, 10);
        $waited += 10 - ($left || 0);
    }
    $sent += length $bytes;
}

sub frame { put($_[0] . pack('N', length $_[1]) . $_[1]) }

sub end {
    frame('E', $_[0]);
    exit;
}

# What gzip makes of it; nothing where there is no gzip.
sub packed {
    my ($bytes) = @_;
    defined(my $child = open(my $from, '-|')) or return '';
    if (!$child) {
        open(my $gzip, '|-', 'gzip -1 -c 2>/dev/null') or exit 1;
        binmode $gzip;
        print $gzip $bytes;
        close $gzip;
        exit($? ? 1 : 0);
    }
    binmode $from;
    my $made = do { local $/; <$from> };
    return close($from) && defined $made ? $made : '';
}

sub flush_piece {
    return if $piece eq '';
    my $made = '';
    if ($slow && $rest-- <= 0) {
        $made = packed($piece);
        $rest = length $made && length $made < 0.9 * length $piece ? 0 : $PAUSE;
    }
    if ($made ne '' && !$rest) { frame('Z', $made) } else { frame('P', $piece) }
    $piece = '';
    return if $sent < $JUDGED;
    $slow ||= $waited > 0 && $sent / $waited < $SLOW;
    ($sent, $waited) = (0, 0);
}

sub out {
    $piece .= $_[0];
    flush_piece() if length $piece >= $PIECE;
}

sub more {
    while (1) {
        my $some = sysread($engine, $in, 1 << 18, length $in);
        return $some if defined $some;
        end("the engine's answer can't be read: $!") if !$!{EINTR};
    }
}

sub take {
    my ($count) = @_;
    while (length $in < $count) { more() or end('the archive ended too early') }
    return substr($in, 0, $count, '');
}

sub pass {
    my ($count, $wanted) = @_;
    while ($count > 0) {
        $in ne '' or more() or end('the archive ended too early');
        my $some = length $in < $count ? length $in : $count;
        if ($wanted) { out(substr($in, 0, $some, '')) } else { substr($in, 0, $some, '') }
        $count -= $some;
    }
}

sub number {
    my ($field) = @_;
    return oct($field =~ /([0-7]+)/ ? $1 : 0) if !(ord($field) & 0x80);
    my ($first, @bytes) = unpack('C*', $field);
    my $number = $first & 0x7f;
    $number = $number * 256 + $_ for @bytes;
    return $number;
}

binmode $_ for *STDIN, *STDOUT;
my @then = localtime(0);
syswrite(STDOUT, 'zone ' . (($then[5] < 70 ? -86400 : 0) + $then[2] * 3600 + $then[1] * 60 + $then[0]) . "\n");
my %without;
while (defined(my $name = <STDIN>)) {
    chomp $name;
    last if $name eq '';
    $without{$name} = 1;
}
fcntl(STDOUT, F_SETFL, fcntl(STDOUT, F_GETFL, 0) | O_NONBLOCK);

socket($engine, PF_UNIX, SOCK_STREAM, 0) && connect($engine, pack_sockaddr_un($socket)) or end("$socket: $!");
syswrite($engine, "GET $path HTTP/1.0\r\nHost: docker\r\n\r\n");
while ($in !~ /\r\n\r\n/) { more() or end('the engine gave no answer') }
my ($head, $body) = split(/\r\n\r\n/, $in, 2);
$in = $body;
if ($head !~ m{^HTTP/1\.[01] 200}) {
    while (more()) { }
    end($in =~ /"message":"(.*?)"\}/ ? $1 : $head);
}

my ($held, $long) = ('', undef);
while (1) {
    my $entry = take(512);
    if ($entry !~ /[^\0]/) {
        out($entry x 2);
        flush_piece();
        1 while do { $in = ''; more() };
        end('');
    }
    my ($name, $size, $type, $magic, $prefix) = unpack('Z100 x24 a12 x20 a1 x100 a5 x83 Z155', $entry);
    $magic eq 'ustar' or end("the engine stopped: $entry" =~ s/[^ -~]+/ /gr);
    my $bytes = number($size);
    if ($type =~ /[xgLK]/) {
        my $words = take($bytes + (-$bytes & 511));
        $long = $1 if $type eq 'x' && $words =~ /^\d+ size=(\d+)$/m;
        $held .= $entry . $words;
        next;
    }
    $bytes = $long if defined $long;
    $name = "$prefix/$name" if $prefix ne '';
    my ($folder) = $name =~ m{^([^/]*/)};
    my $wanted = !$without{$name} && !($folder && $without{$folder}) && $name !~ m{^[0-9a-f]{64}/(VERSION|json)$};
    out($held . $entry) if $wanted;
    pass($bytes + (-$bytes & 511), $wanted);
    ($held, $long) = ('', undef);
}
