package dev.flotilla.server;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A connection on which a test says and hears each byte itself.
final class Wire implements AutoCloseable {
    private final Socket plain = new Socket();
    private final SSLSocket socket;
    final DataInputStream in;
    final OutputStream out;

    /// @param protocol as in ALPN, such as `h2`
    Wire(TestServer server, SSLContext tls, String protocol) throws IOException {
        // Small, so that a reader who stops is noticed soon.
        plain.setReceiveBufferSize(16 * 1024);
        plain.setSoTimeout(30_000);
        plain.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), server.server.uri().getPort()));
        socket =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(
                                        plain,
                                        plain.getInetAddress().getHostAddress(),
                                        plain.getPort(),
                                        true);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    void say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /// Up to the end of the line.
    String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /// The head of an answer, line by line, and its body by `Content-Length`.
    String answer() throws IOException {
        var answer = new StringBuilder();
        var length = 0;
        for (var line = line(); !line.isEmpty(); line = line()) {
            answer.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return answer.append(new String(in.readNBytes(length), StandardCharsets.UTF_8)).toString();
    }

    /// Says that nothing more will be said.
    void half() throws IOException {
        socket.shutdownOutput();
    }

    /// Ends without a word of TLS.
    ///
    /// @param torn by a reset, not in order
    void fall(boolean torn) throws IOException {
        if (torn) {
            plain.setSoLinger(true, 0);
        }
        plain.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
