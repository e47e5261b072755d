package io.voldesk.alert.slack;

import io.voldesk.kit.vendor.VendorFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Delivers a message and tells truly what is known of its fate. The webhook URL appears in no message or log. */
@ApplicationScoped
public class SlackChannel {
    private final SlackApi slack;
    private final Optional<String> webhook;

    public SlackChannel(
            @RestClient SlackApi slack, @ConfigProperty(name = "voldesk.slack.webhook-url") Optional<String> webhook) {
        this.slack = slack;
        this.webhook = webhook.filter(url -> !url.isBlank());
    }

    public boolean configured() {
        return webhook.isPresent();
    }

    /** What is known of a message after sending it. */
    public sealed interface Fate {
        record Delivered() implements Fate {}

        /** Slack refused it, in its own words, or it never left. */
        record Failed(String error) implements Fate {}

        /** It was sent and no answer came: it may have arrived. */
        record Unknown(String error) implements Fate {}
    }

    public Fate deliver(String body) {
        if (webhook.isEmpty()) {
            return new Fate.Failed("configuration error: SLACK_WEBHOOK_URL is not set");
        }
        try {
            slack.post(webhook.get(), body);
            return new Fate.Delivered();
        } catch (VendorFailure e) {
            return new Fate.Failed(e.getMessage());
        } catch (ProcessingException e) {
            return neverLeft(e)
                    ? new Fate.Failed("Slack could not be reached")
                    : new Fate.Unknown("no answer came from Slack in time");
        } catch (RuntimeException e) {
            return new Fate.Unknown(
                    "the connection to Slack broke: " + e.getClass().getSimpleName());
        }
    }

    private static boolean neverLeft(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause.getClass().getSimpleName().equals("ConnectTimeoutException")) {
                return true;
            }
        }
        return false;
    }
}
