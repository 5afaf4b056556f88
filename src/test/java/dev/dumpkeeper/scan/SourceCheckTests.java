package dev.dumpkeeper.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.run.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SourceCheck} and the {@link Sample} that it is given.
 */
class SourceCheckTests {

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12.345Z");

	private final InMemoryGateway metadata = new InMemoryGateway();

	private final InMemoryBucket known = this.metadata.bucket("shop");

	private final InMemoryBucket shown = new InMemoryBucket("shop");

	private final SourceCheck check = new SourceCheck(new TestListingSource(this.metadata), new StopSignal(),
			Duration.ofMillis(1));

	@Test
	void theSameFilesDoNotDiffer() {
		this.known.with("a", 1, OLD);
		this.shown.with("a", 1, OLD.plusMillis(100));
		assertThat(difference("a", 1)).isEmpty();
		assertThat(this.shown.calls("stat")).hasSize(1);
	}

	@Test
	void whatTheGatewayDoesNotHaveIsNamed() {
		this.known.with("dumpfiles/a.hprof", 10, OLD);
		assertThat(difference("dumpfiles/a.hprof", 10)).get()
			.asString()
			.contains("dumpfiles/a.hprof is 10 bytes of 2026-11-01T10:11:12", "not there in the other",
					"another file system", "replica that lags");
	}

	@Test
	void anotherSizeOrSecondIsNamed() {
		this.known.with("a", 1, OLD).with("b", 2, OLD);
		this.shown.with("a", 1, OLD.plusSeconds(1)).with("b", 3, OLD);
		assertThat(difference("a", 1)).get().asString().contains("a is 1 bytes");
		assertThat(difference("b", 2)).get().asString().contains("b is 2 bytes", "3 bytes");
	}

	@Test
	void whatChangedOrWentSinceItWasListedIsNoDifference() {
		this.known.with("a", 5, OLD.plusSeconds(60));
		this.shown.with("a", 5, OLD.plusSeconds(60));
		assertThat(difference("a", 1)).isEmpty();
		assertThat(difference("gone", 1)).isEmpty();
	}

	@Test
	void whatIsBeingWrittenIsNoDifference() {
		AtomicInteger size = new AtomicInteger(1);
		this.known.with("a", 1, OLD);
		this.shown.with("a", 1000, OLD).beforeStat(() -> this.known.with("a", size.incrementAndGet(), OLD));
		assertThat(difference("a", 1)).isEmpty();
	}

	@Test
	void aGatewayThatRemembersForAWhileIsNoDifference() {
		AtomicInteger checks = new AtomicInteger();
		this.known.with("a", 2, OLD);
		this.shown.with("a", 1, OLD).beforeStat(() -> {
			if (checks.incrementAndGet() == 3) {
				this.shown.with("a", 2, OLD);
			}
		});
		assertThat(difference("a", 9)).isEmpty();
		assertThat(checks).hasValue(3);
	}

	@Test
	void aNameThatTheGatewayRefusesIsPassedOver() {
		this.known.with("a", 1, OLD);
		this.shown.outage(Kind.REJECTED);
		assertThat(difference("a", 1)).isEmpty();
	}

	@Test
	void aGatewayThatIsAwayIsNoAnswer() {
		this.shown.outage(Kind.UNAVAILABLE);
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> difference("a", 1));
	}

	@Test
	void aVolumeThatOnlyTheSourceTakesForEmptyDiffers() {
		assertThat(this.check.differenceOfFirst(this.shown)).isEmpty();
		this.shown.with("b", 1, OLD);
		assertThat(this.check.differenceOfFirst(this.shown)).get().asString().contains("b is not there in the one");
	}

	@Test
	void aSampleHoldsFilesThatCanBeAskedForAndNoMoreThanItsSize() {
		Sample sample = new Sample(3, new Random(1));
		sample.offer(new ObjectEntry("directory/", 0, OLD));
		sample.offer(new ObjectEntry("a\uFFFD", 0, OLD));
		sample.offer(new ObjectEntry("before", 0, Instant.parse("1960-01-01T00:00:00Z")));
		sample.offer(new ObjectEntry("behind", 0, ObjectEntry.LATEST));
		assertThat(sample.entries()).isEmpty();
		for (int i = 0; i < 100; i++) {
			sample.offer(new ObjectEntry("f" + i, 0, OLD));
		}
		assertThat(sample.entries()).hasSize(3);
	}

	@Test
	void everyFileIsAsLikelyAsAnyOther() {
		int[] hits = new int[10];
		Random random = new Random(1);
		for (int time = 0; time < 10_000; time++) {
			Sample sample = new Sample(3, random);
			for (int i = 0; i < 10; i++) {
				sample.offer(new ObjectEntry("f" + i, i, OLD));
			}
			sample.entries().forEach((entry) -> hits[(int) entry.size()]++);
		}
		assertThat(hits).satisfies((counts) -> {
			for (int count : counts) {
				assertThat(count).isBetween(2700, 3300);
			}
		});
	}

	private Optional<String> difference(String name, long size) {
		return this.check.difference(this.shown, List.of(new ObjectEntry(name, size, OLD)));
	}

}
