// Talks with containers through @kubernetes/client-node: `node streams.mjs KUBECONFIG PORT`, where PORT of the pod `one` echoes what it
// hears; prints one line `ok NAME` for each case, `not ok NAME: why` for one that failed.
import * as k8s from '@kubernetes/client-node';
import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';

const config = new k8s.KubeConfig();
config.loadFromFile(process.argv[2]);
const port = Number(process.argv[3]);
const namespace = 'default';

/** Collects all that is written to it. */
class Sink extends PassThrough {
    text = '';
    constructor() {
        super();
        this.on('data', (d) => (this.text += d));
    }
}

const closed = (socket) => new Promise((resolve) => (socket.onclose = (e) => resolve(e.code)));

/** Runs a command in the pod's container. */
async function exec(pod, command, stdin = null) {
    const out = new Sink();
    const err = new Sink();
    let status;
    const socket = await new k8s.Exec(config).exec(
        namespace,
        pod,
        'a',
        command,
        out,
        err,
        stdin,
        false,
        (s) => (status = s),
    );
    await closed(socket);
    return { out: out.text, err: err.text, status, protocol: socket.protocol };
}

const cases = {
    async execSaysBothOutputsAndHowItEnded() {
        const said = await exec('one', ['sh', '-c', 'echo said; echo bad >&2; exit 3']);
        assert.equal(said.out, 'said\n');
        assert.equal(said.err, 'bad\n');
        assert.equal(said.status.reason, 'NonZeroExitCode');
        assert.equal(said.status.details.causes[0].message, '3');
        assert.equal(said.protocol, 'v5.channel.k8s.io');
    },
    async execHearsAllAndItsEnd() {
        const megabyte = Buffer.alloc(1 << 20, 'x');
        const said = await exec('one', ['wc', '-c'], Readable.from([megabyte, megabyte]));
        assert.equal(said.out.trim(), String(2 << 20));
        assert.equal(said.status.status, 'Success');
    },
    async execSaysWhyNot() {
        const said = await exec('gone', ['true']);
        assert.match(said.status.message, /error dialing backend: dial tcp: no route to host/);
    },
    async attachHearsAndIsHeard() {
        const out = new Sink();
        const stdin = Readable.from(['hello\n']);
        const socket = await new k8s.Attach(config).attach(namespace, 'one', 'a', out, null, stdin, false);
        await closed(socket);
        assert.equal(out.text, 'attached\nhello\ndetached\n');
    },
    async logIsRead() {
        const out = new Sink();
        const end = new Promise((resolve) => out.on('end', resolve));
        await new k8s.Log(config).log(namespace, 'talks', 'talks', out, { tailLines: 2 });
        await end;
        assert.equal(out.text, 'first\nsecond\n');
    },
    async aPortIsForwarded() {
        const input = new PassThrough();
        const output = new Sink();
        const heard = new Promise((resolve) => output.on('data', () => output.text.length >= 5 && resolve()));
        const socket = await new k8s.PortForward(config).portForward(namespace, 'one', [port], output, null, input);
        input.write('hello');
        await heard;
        assert.equal(output.text, 'hello');
        socket.close();
    },
};

let failures = 0;
for (const [name, run] of Object.entries(cases)) {
    try {
        await run();
        console.log(`ok ${name}`);
    } catch (e) {
        failures++;
        console.log(`not ok ${name}: ${e.stack ?? e}`);
    }
}
process.exit(failures === 0 ? 0 : 1);
