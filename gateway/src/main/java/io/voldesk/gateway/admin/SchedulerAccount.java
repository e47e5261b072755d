package io.voldesk.gateway.admin;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The account by which the scheduler calls, proved by a token of its own. */
@ApplicationScoped
public class SchedulerAccount {
    /** Google's live for an hour. A token that outlives that by more than a clock may be off was not made for one call. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(65);

    private final Optional<String> email;
    private final Clock clock;

    public SchedulerAccount(@ConfigProperty(name = "voldesk.scheduler.email") Optional<String> email, Clock clock) {
        this.email = email.filter(configured -> !configured.isBlank());
        this.clock = clock;
    }

    /** As the services' ledgers name it; empty for any other account. */
    Optional<String> actor(Optional<SecurityIdentity> identity) {
        return email.filter(configured -> identity.map(SecurityIdentity::getPrincipal)
                        .filter(JsonWebToken.class::isInstance)
                        .map(JsonWebToken.class::cast)
                        .filter(token -> configured.equals(token.getClaim("email"))
                                && Boolean.TRUE.equals(token.<Boolean>getClaim("email_verified"))
                                && isShortLived(token))
                        .isPresent())
                .map(configured -> "scheduler:" + configured);
    }

    /** Both times are seconds; what is no number of seconds has been read as 0 or as one far away. */
    private boolean isShortLived(JsonWebToken token) {
        long issued = token.getIssuedAtTime();
        long expires = token.getExpirationTime();
        long latest = clock.instant().plus(LONGEST_LIFE).getEpochSecond();
        return issued > 0 && expires > 0 && expires <= latest && expires - issued <= LONGEST_LIFE.toSeconds();
    }
}
