package dev.flotilla.model;

/// The labels, annotations and fixed names that Flotilla gives a meaning to.
public final class Marks {
    /// Where Flotilla keeps its own objects, such as the Secrets of machines.
    public static final String SYSTEM_NAMESPACE = "flotilla-system";

    /// On a Pod: the node it must run on as long as that node exists and takes pods.
    public static final String PLACE_ON = "flotilla.dev/place-on";

    /// On a Pod owned by a ReplicaSet: move it to the named node. Its replacement starts there and
    /// is Ready before this one is deleted.
    public static final String MOVE_TO = "flotilla.dev/move-to";

    /// On a Pod: the uid of the pod whose move it completes.
    public static final String REPLACES = "flotilla.dev/replaces";

    /// On a Deployment or ReplicaSet: `NODE@N`; the pod that brings the number of replicas to N is
    /// placed on NODE.
    public static final String ADD_ON = "flotilla.dev/add-on";

    /// On a Deployment, `"true"`: a rollout whose new pods fail goes back by itself to the last
    /// revision that was complete.
    public static final String AUTO_ROLLBACK = "flotilla.dev/auto-rollback";

    /// On a ReplicaSet: `"true"` once a rollout to it was complete.
    public static final String COMPLETED = "flotilla.dev/completed";

    /// On a Deployment that went back by itself: the name of the ReplicaSet it went back to. Taken
    /// away when its template changes again.
    public static final String ROLLED_BACK_TO = "flotilla.dev/rolled-back-to";

    /// On a Deployment that went back by itself: why, in words.
    public static final String ROLLED_BACK_BECAUSE = "flotilla.dev/rolled-back-because";

    /// On a Pod, its Deployment, or its namespace: `"false"` and it is not moved to lie more
    /// evenly.
    public static final String REBALANCE = "flotilla.dev/rebalance";

    /// On a Pod that is or was moved to lie more evenly: when that began.
    public static final String REBALANCED = "flotilla.dev/rebalanced";

    /// On a Pod, Kubernetes' own: the lowest cost is deleted first when a ReplicaSet shrinks.
    public static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    /// On a Node: `docker-ssh`, `docker-local` or `simulated`.
    public static final String RUNTIME = "flotilla.dev/runtime";

    /// The StorageClass that a cluster has from its first moment, and by whom its volumes are made.
    public static final String LOCAL_CLASS = "local";

    public static final String LOCAL_PROVISIONER = "flotilla.dev/local";

    /// Where a node keeps the folders of such volumes, each under the volume's name.
    public static final String VOLUMES_FOLDER = "/var/lib/flotilla/volumes";

    /// Annotation of a PersistentVolume: who made it.
    public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    /// `loadBalancerClass` of Services whose load balancers are the nodes themselves. Those without
    /// a class are meant, too.
    public static final String BALANCER_CLASS = "flotilla.dev/nodes";

    /// The IngressClass that a cluster has from its first moment, and who serves it.
    public static final String INGRESS_CLASS = "flotilla";

    public static final String INGRESS_CONTROLLER = "flotilla.dev/ingress";

    /// On a Service: `leastconn`, which is what it is without, `roundrobin` or `source`.
    public static final String BALANCE = "flotilla.dev/balance";

    /// On a Service: `http`, `tcp`, `h2c`, `grpc` or `https`; what its ports' `appProtocol` says
    /// otherwise.
    public static final String PROTOCOL = "flotilla.dev/protocol";

    /// On a Service, `v1` or `v2`: its pods are told by the PROXY protocol who calls. On our
    /// IngressClass, `"true"`: who comes to the nodes tells it.
    public static final String PROXY_PROTOCOL = "flotilla.dev/proxy-protocol";

    /// On an Ingress, `"false"`: plain requests for a host with a certificate are answered and not
    /// sent to HTTPS.
    public static final String HTTPS_REDIRECT = "flotilla.dev/https-redirect";

    private Marks() {}
}
