package dev.dumpkeeper.capacity;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FileSystemSpace}.
 */
class FileSystemSpaceTests {

	private static final long GIB = 1L << 30;

	@Test
	void whatNoVolumeUsesIsInTheTrash() {
		FileSystemSpace space = FileSystemSpace.of(new MetadataQuotas.Whole(100 * GIB, 0L, 1), null, 88 * GIB, 0);
		assertThat(space).isEqualTo(new FileSystemSpace(CapacitySource.METADATA, 100 * GIB, null, 12 * GIB, 1, null));
	}

	@Test
	void whereSomeUseIsUnknownTheTrashIs() {
		assertThat(FileSystemSpace.of(new MetadataQuotas.Whole(100 * GIB, null, null), null, null, 0))
			.isEqualTo(new FileSystemSpace(CapacitySource.METADATA, 100 * GIB, null, null, null, null));
	}

	@Test
	void withoutATrashNothingIsInIt() {
		assertThat(FileSystemSpace.of(new MetadataQuotas.Whole(100 * GIB, 0L, 0), null, GIB, 0).trashBytes()).isZero();
	}

	@Test
	void driftedCountersMakeNoTrashOfLessThanNothing() {
		assertThat(FileSystemSpace.of(new MetadataQuotas.Whole(GIB, 0L, 1), null, 2 * GIB, 0).trashBytes()).isZero();
		assertThat(FileSystemSpace.of(new MetadataQuotas.Whole(-GIB, 0L, 1), null, 2 * GIB, 0)).isNull();
	}

	@Test
	void theMetricsPageServesWhereTheDatabaseDoesNot() {
		assertThat(FileSystemSpace.of(null, new MetricsPage.Whole(10 * GIB, 1L << 50), null, 7 * GIB))
			.isEqualTo(new FileSystemSpace(CapacitySource.METRICS, 10 * GIB, null, 3 * GIB, null, null));
		assertThat(FileSystemSpace.of(null, null, null, 0)).isNull();
	}

	@Test
	void sourcesAFewPercentApartAreShown() {
		MetadataQuotas.Whole metadata = new MetadataQuotas.Whole(100 * GIB, 200 * GIB, null);
		assertThat(FileSystemSpace.of(metadata, new MetricsPage.Whole(97 * GIB, null), GIB, GIB).isDisputed())
			.isFalse();
		FileSystemSpace disputed = FileSystemSpace.of(metadata, new MetricsPage.Whole(90 * GIB, null), GIB, GIB);
		assertThat(disputed.isDisputed()).isTrue();
		assertThat(disputed.capacityBytes()).isEqualTo(200 * GIB);
	}

}
