package dev.dumpkeeper.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ListingSources}.
 */
class ListingSourcesTests {

	private static final Run RUN = new Run(7, Instant.EPOCH, false);

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final InMemoryGateway files = new InMemoryGateway();

	private final TestListingSource metadata = new TestListingSource(this.files);

	@Test
	void theMetadataServesWhereItKnowsTheVolume() {
		both("shop");
		assertThat(sources(ListingOrigin.AUTO).choose(RUN, "shop").source()).isSameAs(this.metadata);
		assertThat(sources(ListingOrigin.METADATA).choose(RUN, "shop").source()).isSameAs(this.metadata);
	}

	@Test
	void theGatewayServesWhereItIsWantedOrNothingElseIsThere() {
		both("shop");
		assertThat(sources(ListingOrigin.GATEWAY).choose(RUN, "shop"))
			.isEqualTo(new ListingSources.Choice(null, "dumpkeeper.scan.source is gateway"));
		assertThat(sources(ListingOrigin.AUTO, null).choose(RUN, "shop"))
			.isEqualTo(new ListingSources.Choice(null, "dumpkeeper.metadata.url is not set"));
	}

	@Test
	void metadataThatIsWantedHasToBeConfigured() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> sources(ListingOrigin.METADATA, null))
			.withMessageStartingWith("dumpkeeper.scan.source ")
			.withMessageContaining("dumpkeeper.metadata.url");
	}

	@Test
	void aDatabaseThatRefusesIsSaidInItsWords() {
		both("shop");
		this.metadata.refusing("does not let the user read jfs_node");
		assertThat(sources(ListingOrigin.AUTO).choose(RUN, "shop").reason())
			.isEqualTo("does not let the user read jfs_node");
		assertThatExceptionOfType(GatewayException.class)
			.isThrownBy(() -> sources(ListingOrigin.METADATA).choose(RUN, "shop"))
			.withMessage("does not let the user read jfs_node");
	}

	@Test
	void aDatabaseThatKnowsNoVolumeIsAnotherFileSystems() {
		this.gateway.bucket("shop");
		this.files.bucket("other");
		assertThat(sources(ListingOrigin.AUTO).choose(RUN, "shop").reason()).contains("knows none of the volumes",
				"shop", "another file system", "--subdir");
	}

	@Test
	void aVolumeThatOnlyTheGatewayHasIsListedByIt() {
		both("shop");
		this.gateway.bucket("another");
		this.files.bucket("hidden");
		ListingSources sources = sources(ListingOrigin.AUTO);
		assertThat(sources.choose(RUN, "another").reason()).contains("no directory of this name");
		assertThat(sources.choose(RUN, "shop").source()).isSameAs(this.metadata);
	}

	@Test
	void whatIsFoundOutHoldsForTheRunAndNoLonger() {
		both("shop");
		ListingSources sources = sources(ListingOrigin.AUTO);
		sources.choose(RUN, "shop");
		this.metadata.refusing("away");
		assertThat(sources.choose(RUN, "shop").source()).isNotNull();
		assertThat(sources.choose(new Run(8, Instant.EPOCH, false), "shop").reason()).isEqualTo("away");
	}

	/** A database that is away says nothing of another gateway's volumes. */
	@Test
	void eachGatewayHasASourceOfItsOwnOrNone() {
		both("shop");
		both("east/shop");
		this.gateway.bucket("west/shop");
		TestListingSource east = new TestListingSource(this.files).refusing("east is away");
		ListingSources sources = new ListingSources(ListingOrigin.AUTO,
				new ByGateway<>(Map.of("", this.metadata, "east", east)), this.gateway, new StopSignal(),
				Duration.ofMillis(1));
		assertThat(sources.choose(RUN, "shop").source()).isSameAs(this.metadata);
		assertThat(sources.choose(RUN, "east/shop").reason()).isEqualTo("east is away");
		assertThat(sources.choose(RUN, "west/shop").reason())
			.isEqualTo("dumpkeeper.gateways.west.metadata.url is not set");
		assertThat(sources.choose(RUN, "shop").source()).isSameAs(this.metadata);
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> new ListingSources(ListingOrigin.METADATA,
					new ByGateway<>(Map.of("", this.metadata, "east", east)), this.gateway, new StopSignal())
				.require(Set.of("", "east", "west")))
			.withMessageContaining("dumpkeeper.gateways.west.metadata.url, which is not set");
	}

	private void both(String volume) {
		this.gateway.bucket(volume);
		this.files.bucket(volume);
	}

	private ListingSources sources(ListingOrigin origin) {
		return sources(origin, this.metadata);
	}

	private ListingSources sources(ListingOrigin origin, @Nullable TestListingSource metadata) {
		ByGateway<ListingSource> sources = new ByGateway<>((metadata != null) ? Map.of("", metadata) : Map.of());
		return new ListingSources(origin, sources, this.gateway, new StopSignal(), Duration.ofMillis(1))
			.require(Set.of(""));
	}

}
