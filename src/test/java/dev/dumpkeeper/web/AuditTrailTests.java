package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;

import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.web.AuditTrail.AuditEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditTrail}: whoever is recorded chooses neither how much of the table
 * a record takes nor how many there are.
 */
class AuditTrailTests {

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T08:00:00Z"));

	private final JdbcTemplate jdbc = new JdbcTemplate(MigratedDatabase.h2().dataSource());

	private final AuditTrail audit = new AuditTrail(this.jdbc, clock(this.now::get));

	private static Clock clock(InstantSource source) {
		return source.withZone(ZoneOffset.UTC);
	}

	@AfterEach
	void close() {
		this.audit.close();
	}

	@Test
	void refusalsOfAViewerAreCountedAndNotRecordedOneByOne() throws Exception {
		AuthenticationFailureHandler signIn = new AuthenticationFailureHandler(this.audit, new GuessLimits());
		for (int i = 0; i < 1000; i++) {
			MockHttpServletRequest request = new MockHttpServletRequest("POST", "/actuator/jobs/" + i);
			request.setUserPrincipal(() -> "vera");
			signIn.handle(request, new MockHttpServletResponse(), new AccessDeniedException("no"));
		}
		assertThat(outcomes()).hasSize(RefusalLog.ONE_BY_ONE).containsOnly("refused: not allowed");
		this.now.updateAndGet((instant) -> instant.plus(RefusalLog.WITHIN));
		this.audit.recordRefusal("otto", "127.0.0.2", "access", "GET /", "refused: not allowed");
		assertThat(outcomes()).hasSize(RefusalLog.ONE_BY_ONE + 2)
			.element(RefusalLog.ONE_BY_ONE)
			.isEqualTo("997 more within a minute, the last: refused: not allowed");
		assertThat(this.jdbc.queryForList("SELECT who FROM audit_event ORDER BY id", String.class)).startsWith("vera")
			.endsWith("vera", "otto");
	}

	@Test
	void refusalsThatAreCountedAreRecordedAtTheEnd() {
		for (int i = 0; i < RefusalLog.ONE_BY_ONE + 2; i++) {
			this.audit.recordRefusal("vera", "127.0.0.1", "access", "GET /", "refused");
		}
		this.audit.close();
		assertThat(outcomes()).last().isEqualTo("2 more within a minute, the last: refused");
	}

	@Test
	void callersWithoutNumberAreRecordedAsOthers() {
		for (int i = 0; i < 5000; i++) {
			this.audit.recordRefusal("anonymous", "10.0." + i / 250 + "." + i % 250, "sign-in", "GET /", "refused");
		}
		this.audit.close();
		assertThat(outcomes()).hasSizeLessThan(2 * RefusalLog.CALLERS);
		assertThat(this.jdbc.queryForObject("SELECT outcome FROM audit_event WHERE who = 'others'", String.class))
			.startsWith(5000 - RefusalLog.CALLERS - RefusalLog.ONE_BY_ONE + " more");
	}

	@Test
	void aLongReasonHidesNeitherVolumeNorKey() {
		String key = "dumpfiles/" + "directory/".repeat(60) + "dev_shop-0_heapDump.hprof";
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/actuator/holds");
		request.setContent(("{\"why\":\"" + "because ".repeat(5000) + "\",\"for\":\"" + "9".repeat(2000)
				+ "d\",\"volume\":\"jfsdata\",\"key\":\"" + key + "\"}")
			.getBytes(StandardCharsets.UTF_8));
		this.audit.record("otto", "127.0.0.1", "hold", HoldsEndpoint.target(Json.of(request)), "accepted");
		assertThat(target()).startsWith("jfsdata/dumpfiles/directory/")
			.contains("dev_shop-0_heapDump.hprof for 999", "...: because because")
			.hasSize(500);
	}

	@Test
	void anyNumberOfVolumesHidesNotWhatIsApproved() {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/actuator/jobs/expire-dumps");
		request
			.setContent(("{\"volumes\":[" + "\"jfsdata\",".repeat(2000) + "\"last\"],\"dryRun\":false,\"approve\":7}")
				.getBytes(StandardCharsets.UTF_8));
		this.audit.record("otto", "127.0.0.1", "approve", JobsEndpoint.target("expire-dumps", Json.of(request)),
				"accepted");
		assertThat(target()).startsWith("expire-dumps approve=7 dryRun=false volumes=[\"jfsdata\",");
	}

	@Test
	void noNameBringsClicksOntoTheTimelineOfAnotherDump() {
		String end = "x".repeat(150);
		this.audit.record("otto", "127.0.0.1", "hold", AuditTarget.dump("v", "dumpfiles/a", " for 7d: b"), "accepted");
		this.audit.record("a link", "127.0.0.1", "download", AuditTarget.dump("v/dumpfiles/a"), "redirected");
		this.audit.record("otto", "127.0.0.1", "hold", AuditTarget.dump("v", "dumpfiles/a for 7d: b", ""), "accepted");
		this.audit.record("otto", "127.0.0.1", "release", AuditTarget.dump("v", "dumpfiles/a b", ""), "accepted");
		this.audit.record("otto", "127.0.0.1", "approve", "v/dumpfiles/a", "accepted");
		this.audit.record("otto", "127.0.0.1", "hold", AuditTarget.dump("v", end + "1" + end, ""), "accepted");
		this.audit.record("otto", "127.0.0.1", "hold", AuditTarget.dump("v", end + "2" + end, ""), "accepted");
		assertThat(this.audit.about("v", "dumpfiles/a", 10)).extracting(AuditEvent::target)
			.containsExactly("v/dumpfiles/a for 7d: b", "v/dumpfiles/a");
		assertThat(this.audit.about("v", "dumpfiles/a b", 10)).extracting(AuditEvent::action)
			.containsExactly("release");
		assertThat(this.audit.about("v", end + "1" + end, 10)).hasSize(1);
		assertThat(this.audit.about("v", "dumpfiles/a", 1)).extracting(AuditEvent::action).containsExactly("download");
	}

	private String target() {
		return this.jdbc.queryForObject("SELECT target FROM audit_event", String.class);
	}

	private List<String> outcomes() {
		return this.jdbc.queryForList("SELECT outcome FROM audit_event ORDER BY id", String.class);
	}

}
