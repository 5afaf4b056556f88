package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.VolumeScan.Source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MetadataLooks}.
 */
class MetadataLooksTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final Run run = new Run(7, NOW, false);

	private final InMemoryGateway files = new InMemoryGateway();

	private final TestListingSource metadata = new TestListingSource(this.files);

	@Test
	void whatWasListedInTheMetadataIsLookedAtThere() {
		this.files.bucket("shop").with("dumpfiles/a", 3, NOW);
		assertThat(looks(Source.METADATA, this.metadata).of(this.run, "shop"))
			.hasValueSatisfying((look) -> assertThat(look.at(List.of(key("dumpfiles/a"), key("dumpfiles/b"))))
				.containsOnlyKeys(key("dumpfiles/a")));
	}

	@Test
	void whatTheGatewayListedIsLookedAtByTheGateway() {
		assertThat(looks(Source.GATEWAY, this.metadata).of(this.run, "shop")).isEmpty();
		assertThat(looks(null, this.metadata).of(this.run, "shop")).isEmpty();
		assertThat(looks(Source.METADATA, null).of(this.run, "shop")).isEmpty();
		assertThat(looks(Source.METADATA, this.metadata).of(this.run, "another")).isEmpty();
	}

	@Test
	void aReplicaIsNotAskedWhatIsThereNow() {
		assertThat(looks(Source.METADATA, this.metadata.replica()).of(this.run, "shop")).isEmpty();
	}

	@Test
	void aServerThatBecomesAReplicaInTheMidstGivesNoAnswer() {
		this.files.bucket("shop").with("dumpfiles/a", 3, NOW);
		FileLooks.FileLook look = looks(Source.METADATA, this.metadata).of(this.run, "shop").orElseThrow();
		this.metadata.replica();
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> look.at(List.of(key("dumpfiles/a"))));
	}

	private static ObjectKey key(String name) {
		return new ObjectKey(name);
	}

	private MetadataLooks looks(@Nullable Source source, @Nullable TestListingSource metadata) {
		VolumeScan scan = TestScans.trusted(7, "shop", 1);
		return new MetadataLooks(TestScans.of(List.of((source != null) ? scan.from(source, null) : scan)), metadata);
	}

}
