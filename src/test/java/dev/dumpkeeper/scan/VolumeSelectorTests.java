package dev.dumpkeeper.scan;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link VolumeSelector}.
 */
class VolumeSelectorTests {

	private final InMemoryGateway gateway = aGatewayWith("minio", "pvc-b", "pvc-a", "other");

	@Test
	void allVolumesAreManagedWhereNothingIsConfigured() {
		assertThat(catalogue(List.of(), List.of()).select(List.of())).containsExactly("minio", "other", "pvc-a",
				"pvc-b");
	}

	@Test
	void onlyIncludedVolumesAreManaged() {
		assertThat(catalogue(List.of("pvc-*"), List.of()).select(List.of())).containsExactly("pvc-a", "pvc-b");
	}

	@Test
	void excludedVolumesAreNotManaged() {
		assertThat(catalogue(List.of(), List.of("minio", "pvc-?")).select(List.of())).containsExactly("other");
	}

	@Test
	void exclusionWinsOverInclusion() {
		assertThat(catalogue(List.of("pvc-*", "other"), List.of("pvc-a", "other")).select(List.of()))
			.containsExactly("pvc-b");
	}

	@Test
	void aNameThatTheGatewayDoesNotListIsSelectedSoThatItFails() {
		assertThat(catalogue(List.of("My_Dir", "pvc-a"), List.of()).select(List.of())).containsExactly("My_Dir",
				"pvc-a");
	}

	/** What is in it may be managed, and has to be missed. */
	@Test
	void aGatewayThatDoesNotAnswerIsSelectedUnlessNoneOfItsVolumesCanBe() {
		this.gateway.with(new InMemoryBucket("east/"));
		assertThat(catalogue(List.of(), List.of()).select(List.of())).contains("east/", "pvc-a");
		assertThat(catalogue(List.of("east/pvc-*", "pvc-a"), List.of()).select(List.of())).containsExactly("east/",
				"pvc-a");
		assertThat(catalogue(List.of("pvc-a"), List.of()).select(List.of())).containsExactly("pvc-a");
		assertThat(catalogue(List.of(), List.of("east/*")).select(List.of())).doesNotContain("east/");
		assertThat(catalogue(List.of(), List.of()).select(List.of("east/pvc-x"))).containsExactly("east/pvc-x");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> catalogue(List.of(), List.of()).select(List.of("east/")))
			.withMessageContaining("no such volume");
		VolumeSelector selector = catalogue(List.of("east/pvc-?"), List.of());
		selector.select(List.of());
		assertThat(selector.unmatched()).isEmpty();
	}

	@Test
	void aWildcardThatMatchesNothingSelectsNothing() {
		assertThat(catalogue(List.of("nothing-*"), List.of()).select(List.of())).isEmpty();
	}

	@Test
	void anEntryThatSelectsNothingIsReportedWithWhatThereIs() {
		VolumeSelector selector = catalogue(List.of("nothing-*", "pvc-*", "absent"), List.of("gone", "other"));
		selector.select(List.of("pvc-a"));
		assertThat(selector.unmatched()).containsExactly(
				"dumpkeeper.volumes.include: no volume is called nothing-*; known volumes: minio, other, pvc-a, pvc-b",
				"dumpkeeper.volumes.exclude: no volume is called gone; known volumes: minio, other, pvc-a, pvc-b");
	}

	@Test
	void whereEveryEntrySelectsNothingIsReported() {
		VolumeSelector selector = catalogue(List.of("pvc-*"), List.of("min??"));
		selector.select(List.of());
		assertThat(selector.unmatched()).isEmpty();
	}

	@Test
	void aRunCanBeGivenSomeOfThem() {
		assertThat(catalogue(List.of("pvc-*"), List.of()).select(List.of("pvc-b"))).containsExactly("pvc-b");
		assertThat(catalogue(List.of(), List.of()).select(List.of("pvc-b", "minio", "pvc-b"))).containsExactly("minio",
				"pvc-b");
	}

	@Test
	void aGivenNameThatIsNotManagedIsRefusedWithTheChoice() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> catalogue(List.of("pvc-*"), List.of()).select(List.of("pvc-a", "other")))
			.withMessageContaining("--volume other")
			.withMessageContaining("pvc-a, pvc-b")
			.withMessageNotContaining("minio");
	}

	@Test
	void aGivenNameIsRefusedWhereThereAreNoVolumes() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> catalogue(List.of(), List.of("*")).select(List.of("pvc-a")))
			.withMessageContaining("there are none");
	}

	@Test
	void aLongChoiceIsAbridged() {
		String[] names = IntStream.range(10, 35).mapToObj((i) -> "pvc-" + i).toArray(String[]::new);
		VolumeSelector selector = new VolumeSelector(aGatewayWith(names), new VolumeProperties(List.of(), List.of()));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> selector.select(List.of("x")))
			.withMessageContaining("pvc-19 and 15 more")
			.withMessageNotContaining("pvc-20");
	}

	@Test
	void onlyANameWithoutWildcardIsNamedOutright() {
		VolumeSelector selector = catalogue(List.of("pvc-a", "o*"), List.of());
		assertThat(selector.isNamed("pvc-a")).isTrue();
		assertThat(selector.isNamed("other")).isFalse();
		assertThat(selector.isNamed("o*")).isFalse();
	}

	@Test
	void aFailureOfTheGatewayIsPassedOn() {
		this.gateway.outage(GatewayException.Kind.DENIED);
		assertThatExceptionOfType(GatewayException.class)
			.isThrownBy(() -> catalogue(List.of("pvc-a"), List.of()).select(List.of()));
	}

	private VolumeSelector catalogue(List<String> include, List<String> exclude) {
		return new VolumeSelector(this.gateway, new VolumeProperties(include, exclude));
	}

	private static InMemoryGateway aGatewayWith(String... volumes) {
		InMemoryGateway gateway = new InMemoryGateway();
		List.of(volumes).forEach(gateway::bucket);
		return gateway;
	}

}
