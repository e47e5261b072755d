package io.voldesk.kit.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.eclipse.microprofile.rest.client.ext.ClientHeadersFactory;

/** Sends the shared secret with a call to another service. For clients of services only: a vendor must never see it. */
@ApplicationScoped
public class ServiceAuthority implements ClientHeadersFactory {
    private final AdminSecret secret;

    public ServiceAuthority(AdminSecret secret) {
        this.secret = secret;
    }

    @Override
    public MultivaluedMap<String, String> update(
            MultivaluedMap<String, String> incoming, MultivaluedMap<String, String> outgoing) {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        if (!outgoing.containsKey(AdminSecret.HEADER)) {
            headers.putSingle(AdminSecret.HEADER, secret.forTheNextService());
        }
        return headers;
    }
}
