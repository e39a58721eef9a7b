package dev.flotilla.server.auth;

import dev.flotilla.server.pki.Credential;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Signed claims as text: a JSON Web Token with the algorithm ES256 (RFC 7519, RFC 7518).
final class Jwt {
    private static final String SIGNATURE = "SHA256withECDSAinP1363Format";
    private static final int COORDINATE_BYTES = 32;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Credential signer;
    private final String keyId;

    /// @param signer whose key is one of the curve P-256
    Jwt(Credential signer) {
        this.signer = signer;
        keyId = text(digest(publicKey().getEncoded()));
    }

    String sign(ObjectNode claims) {
        var header = JSON.createObjectNode().put("alg", "ES256").put("kid", keyId);
        var signed =
                text(JSON.writeValueAsBytes(header)) + "." + text(JSON.writeValueAsBytes(claims));
        try {
            var signature = Signature.getInstance(SIGNATURE);
            signature.initSign(signer.key());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + text(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of accounts can't sign: " + e, e);
        }
    }

    /// The claims, if this key signed them.
    Optional<ObjectNode> claims(String token) {
        var parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3) {
            return Optional.empty();
        }
        try {
            var signature = Signature.getInstance(SIGNATURE);
            signature.initVerify(publicKey());
            signature.update(
                    (parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.ISO_8859_1));
            if (!signature.verify(bytes(parts.get(2)))) {
                return Optional.empty();
            }
            return JSON.readTree(bytes(parts.get(1))) instanceof ObjectNode claims
                    ? Optional.of(claims)
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    /// The key by which others check the claims, as a JSON Web Key Set (RFC 7517).
    ObjectNode keys() {
        var set = JSON.createObjectNode();
        var key = set.putArray("keys").addObject();
        key.put("use", "sig").put("kty", "EC").put("kid", keyId).put("crv", "P-256");
        key.put("alg", "ES256");
        if (publicKey() instanceof ECPublicKey point) {
            key.put("x", text(coordinate(point.getW().getAffineX())));
            key.put("y", text(coordinate(point.getW().getAffineY())));
        }
        return set;
    }

    private PublicKey publicKey() {
        return signer.certificate().getPublicKey();
    }

    private static byte[] coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var exact = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, exact, COORDINATE_BYTES - length, length);
        return exact;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), 32);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
