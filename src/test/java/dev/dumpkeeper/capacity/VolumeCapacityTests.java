package dev.dumpkeeper.capacity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VolumeCapacity}.
 */
class VolumeCapacityTests {

	private static final long GIB = 1L << 30;

	@Test
	void theQuotaComesBeforeTheLimit() {
		VolumeCapacity capacity = VolumeCapacity.of("a", GIB, new Quota(50 * GIB, 2 * GIB), 10 * GIB);
		assertThat(capacity.capacityBytes()).isEqualTo(50 * GIB);
		assertThat(capacity.capacitySource()).isEqualTo(CapacitySource.METADATA);
		assertThat(capacity.usedBytes()).isEqualTo(2 * GIB);
		assertThat(capacity.isDisputed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 1L << 50, Long.MAX_VALUE })
	void aQuotaWithoutALimitIsNoCapacity(long max) {
		assertThat(VolumeCapacity.of("a", 1, new Quota(max, 1), null).capacityBytes()).isNull();
		assertThat(VolumeCapacity.of("a", 1, new Quota(max, 1), 10L).capacitySource()).isEqualTo(CapacitySource.LIMIT);
	}

	@Test
	void aCounterBelowZeroIsNotBelieved() {
		VolumeCapacity capacity = VolumeCapacity.of("a", 7, new Quota(GIB, -4096), null);
		assertThat(capacity.usedBytes()).isEqualTo(7);
		assertThat(capacity.usedSource()).isEqualTo(CapacitySource.LISTING);
	}

	@Test
	void aFewPercentAreNoDispute() {
		assertThat(VolumeCapacity.of("a", 100 * GIB, new Quota(200 * GIB, 104 * GIB), null).isDisputed()).isFalse();
		assertThat(VolumeCapacity.of("a", 100 * GIB, new Quota(200 * GIB, 110 * GIB), null).isDisputed()).isTrue();
	}

	@Test
	void withoutAnySourceTheListingCountsAndNoCapacityIsKnown() {
		VolumeCapacity capacity = VolumeCapacity.of("a", GIB, null, null);
		assertThat(capacity.usedBytes()).isEqualTo(GIB);
		assertThat(capacity.capacityBytes()).isNull();
		assertThat(capacity.isDisputed()).isFalse();
	}

}
