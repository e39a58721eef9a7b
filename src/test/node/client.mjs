// Drives the API with @kubernetes/client-node; prints one line `ok NAME` for each case, `not ok NAME: why` for one that failed.
import * as k8s from '@kubernetes/client-node';
import assert from 'node:assert/strict';

const config = new k8s.KubeConfig();
config.loadFromFile(process.argv[2]);
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);
const batch = config.makeApiClient(k8s.BatchV1Api);
const custom = config.makeApiClient(k8s.CustomObjectsApi);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);
const version = config.makeApiClient(k8s.VersionApi);
const namespace = 'node-client';

const deployment = (name, replicas) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'web:1' }] } },
    },
});

/** Resolves once `good` holds of what `look` gives. */
async function until(look, good) {
    const end = Date.now() + 60_000;
    for (;;) {
        const seen = await look();
        if (good(seen)) return seen;
        if (Date.now() > end) throw new Error(`not within a minute, last seen: ${JSON.stringify(seen)}`);
        await new Promise((r) => setTimeout(r, 50));
    }
}

const refused = async (code, call) => {
    const e = await call().then(
        () => assert.fail(`expected ${code}`),
        (e) => e,
    );
    assert.equal(e.code, code, String(e));
    return typeof e.body === 'string' ? JSON.parse(e.body) : e.body;
};

const cases = {
    async version() {
        assert.match((await version.getCode()).gitVersion, /^v1\./);
    },
    async namespaceComesWithAServiceAccount() {
        await core.createNamespace({ body: { metadata: { name: namespace } } });
        await until(
            () => core.listNamespacedServiceAccount({ namespace }),
            (all) => all.items.some((a) => a.metadata.name === 'default'),
        );
    },
    async createReadReplaceDelete() {
        const made = await core.createNamespacedConfigMap({
            namespace,
            body: { metadata: { name: 'settings' }, data: { a: '1' } },
        });
        assert.ok(made.metadata.uid && made.metadata.resourceVersion);
        made.data.a = '2';
        const changed = await core.replaceNamespacedConfigMap({ name: 'settings', namespace, body: made });
        assert.equal(changed.data.a, '2');
        const stale = await refused(409, () =>
            core.replaceNamespacedConfigMap({ name: 'settings', namespace, body: made }),
        );
        assert.equal(stale.reason, 'Conflict');
        await core.deleteNamespacedConfigMap({ name: 'settings', namespace });
        const gone = await refused(404, () => core.readNamespacedConfigMap({ name: 'settings', namespace }));
        assert.equal(gone.reason, 'NotFound');
    },
    async patchInEachWay() {
        await objects.create(deployment('patched', 1));
        const merged = await objects.patch(
            { ...deployment('patched', 2) },
            undefined,
            undefined,
            undefined,
            undefined,
            k8s.PatchStrategy.MergePatch,
        );
        assert.equal(merged.spec.replicas, 2);
        const strategic = await objects.patch(
            {
                apiVersion: 'apps/v1',
                kind: 'Deployment',
                metadata: { name: 'patched', namespace },
                spec: { template: { spec: { containers: [{ name: 'side', image: 'side:1' }] } } },
            },
            undefined,
            undefined,
            undefined,
            undefined,
            k8s.PatchStrategy.StrategicMergePatch,
        );
        assert.equal(strategic.spec.template.spec.containers.length, 2);
        const applied = await objects.patch(
            deployment('applied', 3),
            undefined,
            undefined,
            'node-client',
            true,
            k8s.PatchStrategy.ServerSideApply,
        );
        assert.equal(applied.spec.replicas, 3);
        assert.equal(applied.metadata.managedFields[0].manager, 'node-client');
        assert.equal(applied.metadata.managedFields[0].operation, 'Apply');
    },
    async pagesOfAList() {
        for (let i = 0; i < 5; i++) {
            await core.createNamespacedConfigMap({
                namespace,
                body: { metadata: { generateName: 'page-', labels: { paged: 'yes' } } },
            });
        }
        const names = new Set();
        let next;
        do {
            const page = await core.listNamespacedConfigMap({
                namespace,
                labelSelector: 'paged=yes',
                limit: 2,
                _continue: next,
            });
            page.items.forEach((i) => names.add(i.metadata.name));
            next = page.metadata._continue;
        } while (next);
        assert.equal(names.size, 5);
    },
    async informer() {
        const seen = { add: [], update: [], delete: [] };
        const informer = k8s.makeInformer(
            config,
            `/api/v1/namespaces/${namespace}/configmaps`,
            () => core.listNamespacedConfigMap({ namespace, labelSelector: 'watched' }),
            'watched',
        );
        for (const event of Object.keys(seen)) informer.on(event, (o) => seen[event].push(o.metadata.name));
        await informer.start();
        const body = { metadata: { name: 'watched', labels: { watched: 'yes' } }, data: { a: '1' } };
        await core.createNamespacedConfigMap({ namespace, body });
        await until(() => seen.add.length, (n) => n === 1);
        await core.replaceNamespacedConfigMap({ name: 'watched', namespace, body: { ...body, data: { a: '2' } } });
        await until(() => seen.update.length, (n) => n === 1);
        await core.deleteNamespacedConfigMap({ name: 'watched', namespace });
        await until(() => seen.delete.length, (n) => n === 1);
        await informer.stop();
    },
    async deploymentRuns() {
        await apps.createNamespacedDeployment({ namespace, body: deployment('runs', 2) });
        await until(
            () => apps.readNamespacedDeployment({ name: 'runs', namespace }),
            (d) => d.status?.readyReplicas === 2,
        );
        const scale = await apps.readNamespacedDeploymentScale({ name: 'runs', namespace });
        scale.spec.replicas = 1;
        await apps.replaceNamespacedDeploymentScale({ name: 'runs', namespace, body: scale });
        await until(
            () => core.listNamespacedPod({ namespace, labelSelector: 'app=runs' }),
            (pods) => pods.items.length === 1,
        );
    },
    async jobIsKept() {
        const job = await batch.createNamespacedJob({
            namespace,
            body: {
                metadata: { name: 'once' },
                spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'web:1' }] } } },
            },
        });
        assert.equal(job.spec.backoffLimit, 6);
        assert.equal(job.spec.template.metadata.labels['batch.kubernetes.io/job-name'], 'once');
    },
    async ourOwnKinds() {
        const all = await custom.listClusterCustomObject({
            group: 'flotilla.dev',
            version: 'v1alpha1',
            plural: 'machines',
        });
        assert.equal(all.kind, 'MachineList');
    },
    async everyFieldThatIsWrongIsNamed() {
        const wrong = deployment('wrong', -1);
        wrong.spec.template.spec.containers[0].name = 'NOT VALID';
        const said = await refused(422, () => apps.createNamespacedDeployment({ namespace, body: wrong }));
        const fields = said.details.causes.map((c) => c.field);
        assert.ok(fields.includes('spec.replicas'), fields.join());
        assert.ok(fields.includes('spec.template.spec.containers[0].name'), fields.join());
    },
    async namespaceGoes() {
        await core.deleteNamespace({ name: namespace });
        await until(
            () => core.listNamespace(),
            (all) => !all.items.some((n) => n.metadata.name === namespace),
        );
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
