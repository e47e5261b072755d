package io.voldesk.gateway.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.StartupEvent;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static SignIn settings(String url, String secret, String admin, boolean secure, boolean offered) {
        return new SignIn(
                offered,
                Optional.ofNullable(url).map(URI::create),
                Optional.ofNullable(secret),
                Optional.ofNullable(admin),
                secure);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://voldesk.example,-,x,true,SESSION_SECRET",
                "https://voldesk.example,short,x,true,SESSION_SECRET",
                "https://voldesk.example,a-secret-for-development-only-0000,x,true,SESSION_SECRET",
                "http://localhost:8080,a-session-secret-for-local-use-0000,x,false,SESSION_SECRET",
                "-," + SECRET + ",x,true,PUBLIC_URL",
                "voldesk," + SECRET + ",x,true,PUBLIC_URL",
                "http://voldesk.example," + SECRET + ",x,true,PUBLIC_URL",
                "https://voldesk.example," + SECRET + ",x,false,COOKIE_SECURE",
                "https://voldesk.example," + SECRET + ",local-admin-secret,true,ADMIN_SECRET"
            })
    void aGatewayThatWouldNotBeSafeDoesNotStart(String url, String secret, String admin, boolean secure, String names) {
        SignIn signIn = settings(url, secret, admin, secure, true);
        var refused = assertThrows(IllegalStateException.class, () -> signIn.atStart(new StartupEvent()));
        assertTrue(refused.getMessage().contains(names), refused.getMessage());
        assertFalse(secret != null && refused.getMessage().contains(secret), "the secret is not told");
        assertDoesNotThrow(() -> settings(url, secret, admin, secure, false).atStart(new StartupEvent()));
    }

    @Test
    void oneThatIsSafeOrOnThisMachineDoes() {
        assertEquals(
                Optional.empty(),
                settings("https://voldesk.example", SECRET, "x", true, true).wrong());
        assertEquals(
                Optional.empty(),
                settings("http://localhost:8080", SECRET, "local-admin-secret", false, true)
                        .wrong());
    }
}
