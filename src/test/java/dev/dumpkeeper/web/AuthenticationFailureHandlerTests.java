package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;

import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import dev.dumpkeeper.lab.MigratedDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who guesses passwords is stopped, and keeps nobody else out.
 */
class AuthenticationFailureHandlerTests {

	private static final String RIGHT = "right";

	private final AuthenticationFailureHandler signIn = new AuthenticationFailureHandler(
			new AuditTrail(new JdbcTemplate(MigratedDatabase.h2().dataSource()), Clock.systemUTC()), new GuessLimits());

	@AfterEach
	void signOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void tenGuessesAMinuteFromOneAddressAreChecked() throws Exception {
		for (int i = 0; i < 10; i++) {
			assertThat(status("10.0.0.1", "user" + i, "guess")).isEqualTo(401);
		}
		assertThat(status("10.0.0.1", "otto", "guess")).isEqualTo(429);
		assertThat(status("10.0.0.2", "otto", "guess")).isEqualTo(401);
	}

	@Test
	void thirtyGuessesAMinuteForOneUserAreCheckedHoweverManyAddressesTheyComeFrom() throws Exception {
		for (int i = 0; i < 30; i++) {
			assertThat(status("10.0.1." + i, "otto", "guess" + i)).isEqualTo(401);
		}
		assertThat(status("10.0.2.1", "otto", "guess")).isEqualTo(429);
		assertThat(status("10.0.2.1", "vera", RIGHT)).isEqualTo(200);
	}

	@Test
	void oneAddressCannotUseUpTheGuessesForAUser() throws Exception {
		for (int i = 0; i < 1000; i++) {
			status("10.0.0.1", "otto", "guess" + i);
		}
		assertThat(status("10.0.0.2", "otto", RIGHT)).isEqualTo(200);
	}

	@Test
	void whoWasLetInBeforeIsLetInWhateverOthersGuessFromTheSameAddress() throws Exception {
		assertThat(status("10.0.0.1", "otto", RIGHT)).isEqualTo(200);
		for (int i = 0; i < 1000; i++) {
			status("10.0.0." + (i % 50), "otto", "guess" + i);
		}
		assertThat(status("10.0.0.1", "otto", "guess")).isEqualTo(429);
		assertThat(status("10.0.0.1", "otto", RIGHT)).isEqualTo(200);
	}

	@Test
	void rightPasswordsAreNoGuesses() throws Exception {
		for (int i = 0; i < 100; i++) {
			assertThat(status("10.0.0.1", "otto" + i, RIGHT)).isEqualTo(200);
		}
	}

	@Test
	void credentialsAreKnownForHalfADay() {
		Instant now = Instant.parse("2026-11-25T08:00:00Z");
		RecentCredentials known = new RecentCredentials(Clock.fixed(now, ZoneOffset.UTC));
		known.add("Basic a");
		assertThat(known.contains("Basic a")).isTrue();
		assertThat(known.contains("Basic b")).isFalse();
		RecentCredentials later = new RecentCredentials(new Clock() {

			private int calls;

			@Override
			public Instant instant() {
				return now.plus(Duration.ofHours(12).multipliedBy(this.calls++));
			}

			@Override
			public ZoneOffset getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(java.time.ZoneId zone) {
				return this;
			}

		});
		later.add("Basic a");
		assertThat(later.contains("Basic a")).isFalse();
	}

	/** Whose password was changed is a guesser from then on. */
	@Test
	void whatIsWrongByNowCountsAsAGuessAgain() throws Exception {
		assertThat(status("10.0.0.1", "otto", RIGHT)).isEqualTo(200);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/jobs");
		request.addHeader("Authorization", "Basic " + base64("otto:" + RIGHT));
		this.signIn.commence(request, new MockHttpServletResponse(), new BadCredentialsException("changed"));
		for (int i = 0; i < 10; i++) {
			assertThat(status("10.0.0.1", "user" + i, "guess")).isEqualTo(401);
		}
		assertThat(status("10.0.0.1", "otto", RIGHT)).isEqualTo(429);
	}

	@Test
	void aNameIsReadFromAnything() {
		assertThat(RecentCredentials.user("Basic " + base64("otto:a:b"))).isEqualTo("otto");
		assertThat(RecentCredentials.user("basic  " + base64("otto:"))).isEqualTo("otto");
		assertThat(RecentCredentials.user("Basic " + base64("otto"))).isEmpty();
		assertThat(RecentCredentials.user("Bearer x")).isEmpty();
		assertThat(RecentCredentials.user("")).isEmpty();
		assertThat(RecentCredentials.user("Basic " + base64("x".repeat(9000) + ":"))).hasSize(64);
	}

	/** As the chain does: the password is checked between the two filters. */
	private int status(String address, String user, String password) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/actuator/jobs");
		request.setRemoteAddr(address);
		request.addHeader("Authorization", "Basic " + base64(user + ":" + password));
		MockHttpServletResponse response = new MockHttpServletResponse();
		FilterChain check = (checked, answer) -> {
			if (password.equals(RIGHT)) {
				TestingAuthenticationToken caller = new TestingAuthenticationToken(user, null, "ROLE_VIEWER");
				SecurityContextHolder.getContext().setAuthentication(caller);
				this.signIn.passed().doFilter(checked, answer, (request2, response2) -> {
				});
				SecurityContextHolder.clearContext();
			}
			else {
				response.setStatus(401);
			}
		};
		this.signIn.doFilter(request, response, check);
		return response.getStatus();
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
