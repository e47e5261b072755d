package io.voldesk.kit.job;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** Follows a job, for the tests of the services that have some. */
public final class JobWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private JobWatch() {}

    /** The job at a location, once its status is one of those. */
    public static ValidatableResponse until(String location, Predicate<String> status) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            String now = given().get(location).then().statusCode(200).extract().path("status");
            if (status.test(now)) {
                return given().get(location).then();
            }
            Thread.sleep(100);
        }
        throw new AssertionError(
                "the job did not come to it: " + given().get(location).asString());
    }
}
