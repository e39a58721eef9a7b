package dev.flotilla.registry;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// The rarer rules of a pod's spec: a line is a merge patch to one.
class PodSpecRulesTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    /// Merge patches to the first container; `@` is where it is.
    static Stream<List<String>> containers() {
        return Refusals.of(
                """
                {'image':''}|@.image: Required value
                {'image':' x '}|@.image: Invalid value: " x ": must not have leading or trailing whitespace
                {'terminationMessagePolicy':'Log'}|@.terminationMessagePolicy: Unsupported value: "Log": supported values: "File", "FallbackToLogsOnError"
                {'imagePullPolicy':'Sometimes'}|@.imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"
                {'ports':[{'containerPort':80,'name':'a'},{'containerPort':81,'name':'a'}]}|@.ports[1].name: Duplicate value: "a"
                {'ports':[{'containerPort':80,'hostPort':9},{'containerPort':81,'hostPort':9}]}|@.ports[1].hostPort: Duplicate value: "TCP//9"
                {'ports':[{'containerPort':80,'protocol':'tcp'}]}|@.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"
                {'env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'c','key':'a b'}}}]}|@.env[0].valueFrom.configMapKeyRef.key: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
                {'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'status.phase'}}}]}|@.env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"
                {'env':[{'name':'A','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu','divisor':'2'}}}]}|@.env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource
                {'volumeMounts':[{'name':'v','mountPath':'/a'},{'name':'v','mountPath':'/a'}]}|@.volumeMounts[1].mountPath: Invalid value: "/a": must be unique
                {'volumeMounts':[{'name':'v','mountPath':'/a','mountPropagation':'Bidirectional'}]}|@.volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers
                {'volumeMounts':[{'name':'v','mountPath':'/a','recursiveReadOnly':'Enabled'}]}|@.volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true
                {'volumeDevices':[{'name':'v','devicePath':'/dev/a'}]}|@.volumeDevices[0].name: Invalid value: "v": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode
                {'resources':{'limits':{'hugepages-2Mi':'3Mi','cpu':'1'},'requests':{'hugepages-2Mi':'3Mi'}}}|[@.resources.limits[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi, @.resources.requests[hugepages-2Mi]: Invalid value: "3Mi": 3Mi is not positive integer multiple of hugepages-2Mi]
                {'resources':{'limits':{'hugepages-2Mi':'4Mi'}}}|@.resources: Forbidden: HugePages require cpu or memory
                {'resources':{'limits':{'example.com/gpu':'1500m'}}}|[@.resources.limits[example.com/gpu]: Invalid value: "1500m": must be an integer, @.resources.requests[example.com/gpu]: Invalid value: "1500m": must be an integer]
                {'resources':{'claims':[{'name':'d'}]}}|@.resources.claims[0]: Not found: "d": must be one of the names in pod.spec.resourceClaims which is empty
                {'resizePolicy':[{'resourceName':'disk','restartPolicy':'NotRequired'}]}|@.resizePolicy: Unsupported value: "disk": supported values: "cpu", "memory"
                {'lifecycle':{'preStop':{'sleep':{'seconds':31}}}}|@.lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)
                {'readinessProbe':{'httpGet':{'port':80,'httpHeaders':[{'name':'a:','value':'b'}]}}}|@.readinessProbe.httpGet.httpHeaders: Invalid value: "a:": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')
                {'securityContext':{'procMount':'Unmasked'}}|@.securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`
                {'securityContext':{'seccompProfile':{'type':'Localhost'}}}|@.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost
                {'securityContext':{'appArmorProfile':{'type':'Unconfined','localhostProfile':'a'}}}|@.securityContext.appArmorProfile.localhostProfile: Invalid value: "a": can only be set when AppArmor type is Localhost
                """);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aContainerIsRefused(List<String> line) {
        var pod = Fixture.pod("p");
        var spec = Tree.child(pod, "spec");
        spec.putArray("volumes").addObject().put("name", "v");
        var container = Fixture.json("{'name':'c','image':'x'}");
        spec.putArray("containers").add(MergePatch.apply(container, Fixture.json(line.get(0))));
        var told = line.get(1).strip().replace("@", "spec.containers[0]");
        Refusals.check(world, world.pods, pod, List.of("{}", told));
    }

    /// Merge patches to the spec; `@` is where it is.
    static Stream<List<String>> specs() {
        return Refusals.of(
                """
                {'volumes':[{'name':'a','downwardAPI':{'items':[{'path':'../a','fieldRef':{'fieldPath':'metadata.name'}}]}}]}|@.volumes[0].downwardAPI.path: Invalid value: "../a": must not contain '..'
                {'volumes':[{'name':'a','downwardAPI':{'items':[{'path':'a','resourceFieldRef':{'resource':'limits.cpu'}}]}}]}|@.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value
                {'volumes':[{'name':'a','configMap':{'name':'c','items':[{'key':'k','path':'..a'}]}}]}|@.volumes[0].configMap.items[0].path: Invalid value: "..a": must not start with '..'
                {'serviceAccountName':'default','volumes':[{'name':'a','projected':{'sources':[{'serviceAccountToken':{'path':'t','expirationSeconds':5}}]}}]}|@.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes
                {'volumes':[{'name':'a','projected':{'sources':[{'secret':{'name':'s'},'configMap':{'name':'c'}}]}}]}|@.volumes[0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source
                {'volumes':[{'name':'a','nfs':{'server':'s','path':'p'}}]}|@.volumes[0].nfs.path: Invalid value: "p": must be an absolute path
                {'volumes':[{'name':'a','iscsi':{'targetPortal':'t','iqn':'x','lun':256}}]}|[@.volumes[0].iscsi.iqn: Invalid value: "x": must be valid format starting with iqn, eui, or naa, @.volumes[0].iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive]
                {'volumes':[{'name':'a','gcePersistentDisk':{'pdName':''}}]}|@.volumes[0].persistentDisk.pdName: Required value
                {'volumes':[{'name':'a','ephemeral':{'volumeClaimTemplate':{'spec':{'resources':{'requests':{'storage':'1Gi'}}}}}}]}|@.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required
                {'volumes':[{'name':'A','emptyDir':{}}],'containers':[{'name':'c','image':'x','volumeMounts':[{'name':'A','mountPath':'/a'}]}]}|[@.volumes[0].name: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), @.containers[0].volumeMounts[0].name: Not found: "A"]
                {'resourceClaims':[{'name':'d'}]}|@.resourceClaims[0]: Invalid value: {"name":"d"}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`
                {'restartPolicy':'Maybe'}|@.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"
                {'dnsPolicy':'Mine'}|@.dnsPolicy: Unsupported value: "Mine": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"
                {'dnsConfig':{'searches':['a b'],'options':[{'value':'x'}]}}|[@.dnsConfig.searches[0]: Invalid value: "a b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*'), @.dnsConfig.options[0]: Required value: must not be empty]
                {'nodeSelector':{'a':'b c'}}|@.nodeSelector: Invalid value: "b c": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
                {'securityContext':{'sysctls':[{'name':'a b','value':'1'}]}}|@.securityContext.sysctls[0].name: Invalid value: "a b": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$
                {'hostPID':true,'shareProcessNamespace':true}|@.securityContext.shareProcessNamespace: Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled
                {'hostUsers':false,'hostNetwork':true}|@.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false
                {'hostNetwork':true,'containers':[{'name':'c','image':'x','ports':[{'containerPort':80,'hostPort':81}]}]}|@.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true
                {'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':''}]}}}|[@.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty, @.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part must be non-empty, @.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]
                {'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{'matchFields':[{'key':'spec.x','operator':'In','values':['a']}]}]}}}}|@.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key: Invalid value: "spec.x": not a valid field selector key
                {'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':'ScheduleAnyway','minDomains':2}]}|@.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway
                {'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule','matchLabelKeys':['a']}]}|@.topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set
                {'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'},{'maxSkew':2,'topologyKey':'z','whenUnsatisfiable':'DoNotSchedule'}]}|@.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{z, DoNotSchedule}"
                {'schedulingGates':[{'name':'a'},{'name':'a'}]}|@.schedulingGates[1]: Duplicate value: "a"
                {'schedulingGates':[{'name':'a'}],'nodeName':'n'}|@.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared
                {'tolerations':[{'key':'a','operator':'Like'}]}|@.tolerations[0].operator: Unsupported value: "Like": supported values: "Equal", "Exists"
                {'tolerations':[{'key':'a','operator':'Exists','value':'b'}]}|@.tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is 'Exists'
                {'os':{'name':'linux'},'securityContext':{'windowsOptions':{'runAsUserName':'u'}}}|@.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod
                {'os':{'name':'plan9'}}|@.os: Unsupported value: "plan9": supported values: "linux", "windows"
                {'initContainers':[{'name':'c','image':'x'}]}|@.initContainers[0].name: Duplicate value: "c"
                """);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void aSpecIsRefused(List<String> line) {
        var pod = Fixture.pod("p");
        var patch = Fixture.json("{'spec':" + line.get(0) + "}");
        Refusals.check(
                world,
                world.pods,
                pod,
                List.of(patch.toString(), line.get(1).strip().replace("@", "spec")));
    }
}
