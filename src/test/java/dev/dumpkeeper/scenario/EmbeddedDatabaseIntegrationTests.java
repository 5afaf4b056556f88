package dev.dumpkeeper.scenario;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Without a database configured, a file in the working directory serves.
 */
class EmbeddedDatabaseIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void aFileServesWhereNoDatabaseIsConfiguredAndOneProcessAtATimeUsesIt() throws Exception {
		try (Site site = Site.s3proxy(false).start((volumes) -> volumes.old("jfsdata/dumpfiles/old.hprof"));
				FaultyProxy proxy = FaultyProxy.to(site.endpoint())) {
			CountDownLatch listing = new CountDownLatch(1);
			CountDownLatch released = new CountDownLatch(1);
			proxy.on((request) -> site.isScan(request, "jfsdata")).times(1).before(() -> {
				listing.countDown();
				await(released);
			});
			Dumpkeeper dumpkeeper = Dumpkeeper.on(proxy.endpoint());
			try (Running first = dumpkeeper.process(this.directory, "maintenance")) {
				assertThat(listing.await(60, TimeUnit.SECONDS)).isTrue();
				try (Running second = dumpkeeper.process(this.directory, "maintenance")) {
					Result refused = second.await();
					assertThat(refused.exitCode()).as(refused.err()).isEqualTo(5);
					assertThat(refused.err()).contains("another process holds the database file");
				}
				assertThat(site.files("jfsdata")).contains("dumpfiles/old.hprof");
				released.countDown();
				Result result = first.await();
				assertThat(result.exitCode()).as(result.err()).isZero();
				assertThat(result.count("jfsdata", "expired")).isEqualTo(1);
			}
			assertThat(this.directory.resolve("data/dumpkeeper.mv.db")).exists();
			try (Running third = dumpkeeper.jar(this.directory, "maintenance")) {
				Result again = third.await();
				assertThat(again.exitCode()).as(again.err()).isZero();
				assertThat(again.json().path("run").asLong()).isEqualTo(2);
				assertThat(again.count("jfsdata", "planned")).isZero();
			}
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
