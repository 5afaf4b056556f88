package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GracefulShutdown}.
 */
class GracefulShutdownTests {

	private final StopSignal stop = new StopSignal();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final GracefulShutdown shutdown = new GracefulShutdown(this.stop, this.gateway);

	@Test
	void nobodyWaitsWhereNothingIsDone() {
		this.shutdown.start();
		assertThat(this.shutdown.isRunning()).isTrue();
		this.shutdown.begin();
		this.shutdown.end();
		this.shutdown.stop();
		assertThat(this.shutdown.isRunning()).isFalse();
		assertThat(this.stop.isRaised()).as("nothing begins any more").isTrue();
		assertThat(this.gateway.cutOffs()).isZero();
	}

	@Test
	void allWorkUnderWayIsReportedAndWaitedFor() throws Exception {
		this.shutdown.begin();
		this.shutdown.begin();
		CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
			assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.stop.pause(Duration.ofMinutes(1)));
			this.events.add("one is done");
			this.shutdown.end();
			this.events.add("the other is done");
			this.shutdown.end();
		});
		this.shutdown.stop();
		this.events.add("the process ends");
		assertThat(this.events).containsExactly("one is done", "the other is done", "the process ends");
		work.get(1, TimeUnit.MINUTES);
	}

	/** Takes the three seconds that a call may go on. */
	@Test
	void aCallThatHangsIsCutOffAndItsWorkWaitedFor() {
		GracefulShutdown[] shutdown = new GracefulShutdown[1];
		shutdown[0] = new GracefulShutdown(this.stop, new Hanging(() -> {
			this.events.add("cut off");
			shutdown[0].end();
		}));
		shutdown[0].begin();
		long start = System.nanoTime();
		shutdown[0].stop();
		assertThat(this.events).containsExactly("cut off");
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofSeconds(2).toNanos());
	}

	@Test
	void whoIsInterruptedWaitsNoLonger() {
		this.shutdown.begin();
		Thread.currentThread().interrupt();
		this.shutdown.stop();
		assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
		assertThat(this.gateway.cutOffs()).isOne();
	}

	@Test
	void itIsReportedAfterTheSchedulesAndBeforeTheWebServer() {
		assertThat(this.shutdown.getPhase()).isLessThan(new Schedules(null, null, null, null).getPhase())
			.isGreaterThan(SmartLifecycle.DEFAULT_PHASE - 1024);
	}

	/** A gateway whose calls end when they are cut off. */
	private record Hanging(Runnable onCutOff) implements DumpGateway {

		@Override
		public List<String> volumes() {
			return List.of();
		}

		@Override
		public DumpBucket volume(String name) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void cutOff() {
			this.onCutOff.run();
		}

		@Override
		public OptionalInt trashDays(String volume) {
			return OptionalInt.empty();
		}

		@Override
		public PathTrust pathTrust() {
			return PathTrust.TRUSTED;
		}

	}

}
