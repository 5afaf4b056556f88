package dev.dumpkeeper.retention;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VolumeSweep} when the request or the answer of a delete is lost: it is
 * sent again, and never for what was written since it was sent first.
 */
class VolumeSweepLostAnswerTests {

	private final RetentionLab lab = new RetentionLab();

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	@ParameterizedTest
	@EnumSource
	void aFileWrittenAfterALostBulkDeleteStays(Manners manners) {
		this.lab.bucket.manners(manners);
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof");
		this.lab.plan(this.run);
		losingAnswer(() -> this.lab.file("dumpfiles/b.hprof", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/b.hprof");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(
				Map.of("dumpfiles/a.hprof", "DELETED", "dumpfiles/b.hprof", "CHANGED", "dumpfiles/c.hprof", "DELETED"));
	}

	@Test
	void aFreshListingDoesNotSpareTheCheckAfterALostAnswer() {
		this.lab.old(IntStream.range(100, 200).mapToObj((i) -> "dumpfiles/" + i).toArray(String[]::new));
		this.lab.plan(this.run);
		losingAnswer(() -> this.lab.file("dumpfiles/150", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/150");
	}

	@Test
	void aFileWrittenAfterALostSingleDeleteStays() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.plan(this.run);
		losingAnswer(() -> this.lab.file("dumpfiles/a.hprof", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/a.hprof", "CHANGED"));
	}

	@Test
	void aFileWrittenAfterABulkDeleteWhoseAnswerCannotBeReadStays() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plan(this.run);
		failing(new GatewayException(Kind.REJECTED, "not S3", null),
				() -> this.lab.file("dumpfiles/b.hprof", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/b.hprof");
		assertThat(this.lab.outcomes(this.run))
			.isEqualTo(Map.of("dumpfiles/a.hprof", "DELETED", "dumpfiles/b.hprof", "CHANGED"));
	}

	@Test
	void aFileWrittenWhileOthersOfARefusedBulkDeleteGoSinglyStays() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plan(this.run);
		AtomicBoolean refused = new AtomicBoolean();
		this.lab.bucket.beforeDelete(() -> {
			if (refused.compareAndSet(false, true)) {
				throw new GatewayException(Kind.REJECTED, "501 NotImplemented", null);
			}
		});
		this.lab.bucket.afterDelete(() -> this.lab.file("dumpfiles/b.hprof", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/b.hprof");
	}

	@Test
	void aFileThatTakesTheNameOfADirectoryAfterItsLostDeleteStays() {
		this.lab.bucket.with("dumpfiles/empty/x", 1, RetentionLab.NOW.minus(Duration.ofDays(20)))
			.without("dumpfiles/empty/x");
		this.lab.plan(this.run);
		losingAnswer(() -> this.lab.file("dumpfiles/empty", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.calls("delete")).containsExactly("dumpfiles/empty/");
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/empty");
	}

	@Test
	void aDeleteThatNeverArrivedIsSentAgain() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plan(this.run);
		AtomicInteger requests = new AtomicInteger();
		this.lab.bucket.beforeDelete(() -> {
			if (requests.incrementAndGet() < 3) {
				throw lost();
			}
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETED").hasSize(2);
		assertThat(this.lab.volumePlan(this.run).failure()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpfiles/a.hprof", "dumpfiles/a.hprof dumpfiles/b.hprof" })
	void aDeleteThatStaysLostEndsTheSweep(String names) {
		this.lab.old(names.split(" "));
		this.lab.plan(this.run);
		AtomicInteger requests = new AtomicInteger();
		this.lab.bucket.beforeDelete(() -> {
			requests.incrementAndGet();
			throw lost();
		});
		this.lab.sweep(this.run);
		assertThat(requests).hasValue(3);
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETE_SENT");
		assertThat(this.lab.volumePlan(this.run).failure()).contains("connection lost");
	}

	private void losingAnswer(Runnable meanwhile) {
		failing(lost(), meanwhile);
	}

	private void failing(GatewayException failure, Runnable meanwhile) {
		AtomicBoolean failed = new AtomicBoolean();
		this.lab.bucket.afterDelete(() -> {
			if (failed.compareAndSet(false, true)) {
				meanwhile.run();
				throw failure;
			}
		});
	}

	private static GatewayException lost() {
		return new GatewayException(Kind.UNAVAILABLE, "connection lost", null, true);
	}

}
