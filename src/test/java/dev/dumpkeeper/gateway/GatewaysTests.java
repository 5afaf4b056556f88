package dev.dumpkeeper.gateway;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Gateways} and {@link VolumeName}.
 */
class GatewaysTests {

	private final InMemoryGateway first = new InMemoryGateway();

	private final InMemoryGateway east = new InMemoryGateway();

	private final Gateways gateways = new Gateways(new TreeMap<>(Map.of("", this.first, "east", this.east)), () -> 0);

	GatewaysTests() {
		this.first.bucket("shop");
		this.east.bucket("east/shop").with("a", 3, Instant.EPOCH);
	}

	@Test
	void aNameIsReadAsItIsWritten() {
		for (String name : List.of("shop", "east/shop", "east/", "/")) {
			assertThat(VolumeName.parse(name)).hasToString(name);
		}
		assertThat(VolumeName.parse("shop")).isEqualTo(new VolumeName("", "shop"));
		assertThat(VolumeName.parse("east/shop")).isEqualTo(new VolumeName("east", "shop"));
		assertThat(VolumeName.parse("east/").isUnlisted()).isTrue();
		assertThat(VolumeName.parse("/").isUnlisted()).isTrue();
	}

	@Test
	void volumesOfOneNameAreToldApart() {
		assertThat(this.gateways.volumes()).containsExactly("east/shop", "shop");
		assertThat(this.gateways.volume("east/shop").stat(new ObjectKey("a"))).isPresent();
		assertThat(this.gateways.volume("shop").stat(new ObjectKey("a"))).isEmpty();
		assertThat(this.gateways.volume("east/shop").volume()).isEqualTo("east/shop");
	}

	@Test
	void whileOneFailsTheOthersAreListedAndItsVolumesFailWithItsReason() {
		this.east.outage(Kind.DENIED);
		assertThat(this.gateways.volumes()).containsExactly("east/", "shop");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> this.gateways.volume("east/"))
			.withMessage("its volumes cannot be listed: GET : fails as planned")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.DENIED));
		this.east.outage(null);
		this.first.outage(Kind.UNAVAILABLE);
		assertThat(this.gateways.volumes()).containsExactly("/", "east/shop");
	}

	@Test
	void anotherProcessThatMeetsTheNameOfAFailedGatewayAsksIt() {
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> this.gateways.volume("east/"))
			.withMessageContaining("can be by now");
		this.east.outage(Kind.DENIED);
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> this.gateways.volume("east/"))
			.withMessage("GET : fails as planned");
	}

	/** A call to a hanging gateway takes as long as its time-out. */
	@Test
	void aGatewayThatHungIsNotAskedAgainAtOnce() {
		AtomicLong nanos = new AtomicLong();
		AtomicInteger asked = new AtomicInteger();
		DumpGateway hanging = (DumpGateway) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { DumpGateway.class }, (proxy, method, arguments) -> {
					asked.incrementAndGet();
					nanos.addAndGet(100);
					throw new GatewayException(Kind.UNAVAILABLE, "hangs", null);
				});
		Gateways both = new Gateways(Map.of("", this.first, "east", hanging), nanos::get);
		assertThat(both.volumes()).containsExactly("east/", "shop");
		nanos.addAndGet(199);
		assertThat(both.volumes()).containsExactly("east/", "shop");
		assertThat(asked).hasValue(1);
		nanos.addAndGet(1);
		assertThat(both.volumes()).containsExactly("east/", "shop");
		assertThat(asked).hasValue(2);
	}

	@Test
	void whenAllFailNothingIsListed() {
		this.first.outage(Kind.UNAVAILABLE);
		this.east.outage(Kind.DENIED);
		assertThatExceptionOfType(GatewayException.class).isThrownBy(this.gateways::volumes)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNAVAILABLE));
	}

	/** In the layout of directories it would lead to another volume's directory. */
	@Test
	void aVolumeOfAGatewayThatIsNotConfiguredIsRefused() {
		for (String name : List.of("west/shop", "/shop", "west/")) {
			assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> this.gateways.volume(name))
				.as(name)
				.withMessageContaining("no gateway of this name is configured")
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.REJECTED));
		}
		assertThat(this.gateways.pathTrust("west/shop")).isEqualTo(PathTrust.UNKNOWN);
		assertThat(this.gateways.trashDays("west/shop")).isEmpty();
	}

	@Test
	void aNameThatTheDatabaseCannotHoldIsLeftOut() {
		this.east.bucket("east/" + "x".repeat(250));
		this.east.bucket("east/" + "y".repeat(251));
		assertThat(this.gateways.volumes()).containsExactly("east/shop", "east/" + "x".repeat(250), "shop");
	}

	@Test
	void eachGatewayHasItsOwnTrashAndTrust() {
		this.first.trashDays(1).pathTrust(PathTrust.CHECKED);
		this.east.trashDays(7).pathTrust(PathTrust.UNKNOWN);
		assertThat(this.gateways.trashDays("shop")).isEqualTo(OptionalInt.of(1));
		assertThat(this.gateways.trashDays("east/shop")).isEqualTo(OptionalInt.of(7));
		assertThat(this.gateways.pathTrust("shop")).isEqualTo(PathTrust.CHECKED);
		assertThat(this.gateways.pathTrust("east/shop")).isEqualTo(PathTrust.UNKNOWN);
		assertThat(this.gateways.pathTrust()).isEqualTo(PathTrust.UNKNOWN);
		this.east.pathTrust(PathTrust.TRUSTED);
		assertThat(this.gateways.pathTrust()).isEqualTo(PathTrust.CHECKED);
	}

	@Test
	void allAreCutOff() {
		this.gateways.cutOff();
		assertThat(List.of(this.first.cutOffs(), this.east.cutOffs())).containsOnly(1);
	}

	@Test
	void whatAGatewayHasIsFoundByTheNameOfAVolume() {
		ByGateway<Duration> parts = new ByGateway<>(Map.of("", Duration.ZERO, "east", Duration.ofDays(1)));
		assertThat(parts.of("shop")).contains(Duration.ZERO);
		assertThat(parts.of("east/shop")).contains(Duration.ofDays(1));
		assertThat(parts.of("west/shop")).isEmpty();
	}

}
