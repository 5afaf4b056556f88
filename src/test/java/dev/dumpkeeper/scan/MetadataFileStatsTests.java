package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.VolumeScan.Source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MetadataFileStats}.
 */
class MetadataFileStatsTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final Run run = new Run(7, NOW, false);

	private final InMemoryGateway files = new InMemoryGateway();

	private final TestListingSource metadata = new TestListingSource(this.files);

	@Test
	void whatWasListedInTheMetadataIsCheckedThere() {
		this.files.bucket("shop").with("dumpfiles/a", 3, NOW);
		assertThat(stats(Source.METADATA, this.metadata).forVolume(this.run, "shop"))
			.hasValueSatisfying((stat) -> assertThat(stat.stat(List.of(key("dumpfiles/a"), key("dumpfiles/b"))))
				.containsOnlyKeys(key("dumpfiles/a")));
	}

	@Test
	void whatTheGatewayListedIsCheckedByTheGateway() {
		assertThat(stats(Source.GATEWAY, this.metadata).forVolume(this.run, "shop")).isEmpty();
		assertThat(stats(null, this.metadata).forVolume(this.run, "shop")).isEmpty();
		assertThat(stats(Source.METADATA, null).forVolume(this.run, "shop")).isEmpty();
		assertThat(stats(Source.METADATA, this.metadata).forVolume(this.run, "another")).isEmpty();
	}

	@Test
	void aReplicaIsNotAskedWhatIsThereNow() {
		assertThat(stats(Source.METADATA, this.metadata.replica()).forVolume(this.run, "shop")).isEmpty();
	}

	@Test
	void aServerThatBecomesAReplicaInTheMidstGivesNoAnswer() {
		this.files.bucket("shop").with("dumpfiles/a", 3, NOW);
		FileStats.FileStat stat = stats(Source.METADATA, this.metadata).forVolume(this.run, "shop").orElseThrow();
		this.metadata.replica();
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> stat.stat(List.of(key("dumpfiles/a"))));
	}

	private static ObjectKey key(String name) {
		return new ObjectKey(name);
	}

	private MetadataFileStats stats(@Nullable Source source, @Nullable TestListingSource metadata) {
		VolumeScan scan = TestScans.trusted(7, "shop", 1);
		return new MetadataFileStats(TestScans.of(List.of((source != null) ? scan.from(source, null) : scan)),
				new ByGateway<>((metadata != null) ? Map.of("", metadata) : Map.of()));
	}

}
