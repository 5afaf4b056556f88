package dev.dumpkeeper.gateway;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InMemoryGateway}.
 */
class InMemoryGatewayTests {

	private final InMemoryGateway gateway = new InMemoryGateway().with(new InMemoryBucket("b"))
		.with(new InMemoryBucket("a"));

	@Test
	void volumesAreSorted() {
		assertThat(this.gateway.volumes()).containsExactly("a", "b");
	}

	@Test
	void aVolumeIsTheSameOneWhoeverOpensIt() {
		this.gateway.bucket("a").with("d/x", 1, Instant.EPOCH);
		assertThat(this.gateway.volume("a").stat(new ObjectKey("d/x"))).isPresent();
	}

	@Test
	void aVolumeThatWasTakenAwayIsAbsent() {
		DumpBucket absent = this.gateway.without("a").volume("a");
		DumpBucketContractTests.assertFails(Kind.ABSENT, () -> absent.list("", null));
		assertThat(this.gateway.volumes()).containsExactly("b");
	}

	@Test
	void anOutageFailsTheListOfVolumesAndEachOfThem() {
		this.gateway.outage(Kind.DENIED);
		DumpBucketContractTests.assertFails(Kind.DENIED, this.gateway::volumes);
		DumpBucketContractTests.assertFails(Kind.DENIED, () -> this.gateway.volume("a").list("", null));
		assertThat(this.gateway.outage(null).volumes()).hasSize(2);
	}

	@Test
	void cutOffsAreCounted() {
		this.gateway.cutOff();
		assertThat(this.gateway.cutOffs()).isEqualTo(1);
		assertThat(this.gateway.trashDays("shop")).isEmpty();
		assertThat(this.gateway.trashDays(1).trashDays("shop")).hasValue(1);
	}

}
