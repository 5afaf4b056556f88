package dev.dumpkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionAge}: how long somebody stays signed in.
 */
class SessionAgeTests {

	private final AtomicReference<Instant> now = new AtomicReference<>();

	private final Clock clock = ((InstantSource) this.now::get).withZone(ZoneOffset.UTC);

	private final SessionAge age = new SessionAge(
			new SecurityProperties(null, null, Duration.ofHours(1), Duration.ofHours(12)), this.clock);

	private final MockHttpSession session = new MockHttpSession();

	SessionAgeTests() {
		this.now.set(Instant.ofEpochMilli(this.session.getCreationTime()));
	}

	@Test
	void whoUsesItStaysUntilTheLimit() {
		for (int i = 0; i < 23; i++) {
			after(Duration.ofMinutes(30), "");
			assertThat(this.session.isInvalid()).as("after %s half hours", i + 1).isFalse();
		}
		after(Duration.ofMinutes(30), "");
		assertThat(this.session.isInvalid()).isTrue();
	}

	@Test
	void anOpenPageThatAsksByItselfIsNoUse() {
		after(Duration.ofMinutes(30), "results");
		for (int i = 0; i < 59; i++) {
			after(Duration.ofMinutes(1), "progress");
			assertThat(this.session.isInvalid()).as("after %s minutes", i + 1).isFalse();
		}
		after(Duration.ofMinutes(1), "progress");
		assertThat(this.session.isInvalid()).isTrue();
	}

	@Test
	void whoNeverUsedItIsOutToo() {
		after(Duration.ofMinutes(60), "");
		assertThat(this.session.isInvalid()).isTrue();
	}

	@Test
	void notEachRequestWrites() {
		after(Duration.ofSeconds(1), "");
		assertThat(this.session.getAttribute(SessionAge.USED)).isNull();
	}

	private void after(Duration time, String target) {
		this.now.updateAndGet((instant) -> instant.plus(time));
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/console/runs/maintenance/1");
		request.setSession(this.session);
		if (!target.isEmpty()) {
			request.addHeader("HX-Target", target);
		}
		try {
			this.age.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
		}
		catch (java.io.IOException | jakarta.servlet.ServletException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
