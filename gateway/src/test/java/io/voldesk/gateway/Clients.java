package io.voldesk.gateway;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of the edge, told apart by the address that the proxy before it has seen. */
final class Clients {
    private static final AtomicInteger MADE = new AtomicInteger();

    private Clients() {}

    /** A client whom nothing has been counted against. */
    static String newClient() {
        return "192.0.2." + MADE.incrementAndGet();
    }

    static RequestSpecification as(String client) {
        return given().header("X-Forwarded-For", client);
    }
}
