package dev.dumpkeeper.scan;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.VolumeScan.Source;
import dev.dumpkeeper.scan.VolumeScan.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link VolumeScanner}: which source a volume is listed from, and that half a
 * picture is nobody's.
 */
class VolumeScannerTests {

	private static final Run RUN = new Run(7, Instant.EPOCH, false);

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12Z");

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final InMemoryGateway files = new InMemoryGateway();

	private final TestListingSource metadata = new TestListingSource(this.files);

	private final StopSignal stop = new StopSignal();

	private final List<List<String>> completed = new ArrayList<>();

	private final List<List<String>> abandoned = new ArrayList<>();

	private VolumeScan saved = VolumeScan.selected(7, "shop");

	@BeforeEach
	void fill() {
		for (int i = 0; i < 25; i++) {
			this.gateway.bucket("shop").pageSize(10).with("f%02d".formatted(i), i, OLD);
			this.files.bucket("shop").pageSize(10).with("f%02d".formatted(i), i, OLD);
		}
	}

	@Test
	void theMetadataIsListedAndComparedWithTheGateway() {
		scan(ListingOrigin.AUTO);
		assertThat(this.saved.state()).isEqualTo(State.TRUSTED);
		assertThat(this.saved.source()).isEqualTo(Source.METADATA);
		assertThat(this.saved.sourceReason()).isNull();
		assertThat(this.completed).singleElement().satisfies((names) -> assertThat(names).hasSize(25));
		assertThat(this.gateway.bucket("shop").calls("list")).isEmpty();
		assertThat(this.gateway.bucket("shop").calls("stat")).hasSize(20);
		assertThat(this.metadata.isClosed()).isTrue();
	}

	@Test
	void theGatewayIsListedWhereItIsWanted() {
		scan(ListingOrigin.GATEWAY);
		assertThat(this.saved.source()).isEqualTo(Source.GATEWAY);
		assertThat(this.saved.sourceReason()).isEqualTo("dumpkeeper.scan.source is gateway");
		assertThat(this.metadata.opened).isEmpty();
		assertThat(this.completed).singleElement().satisfies((names) -> assertThat(names).hasSize(25));
	}

	@Test
	void halfAPictureIsAbandonedAndTheGatewayBeginsAnew() {
		this.metadata.awayAfter(2);
		scan(ListingOrigin.AUTO);
		assertThat(this.abandoned).singleElement().satisfies((names) -> assertThat(names).hasSize(20));
		assertThat(this.completed).singleElement().satisfies((names) -> assertThat(names).hasSize(25));
		assertThat(this.saved.state()).isEqualTo(State.TRUSTED);
		assertThat(this.saved.source()).isEqualTo(Source.GATEWAY);
		assertThat(this.saved.sourceReason()).isEqualTo("the metadata database is away");
		assertThat(this.saved.objects()).isEqualTo(25);
		assertThat(this.metadata.isClosed()).isTrue();
	}

	@Test
	void halfAPictureOfMetadataThatIsWantedFailsTheVolume() {
		this.metadata.awayAfter(2);
		scan(ListingOrigin.METADATA);
		assertThat(this.saved.state()).isEqualTo(State.FAILED);
		assertThat(this.saved.reason()).isEqualTo("the metadata database is away");
		assertThat(this.saved.source()).isEqualTo(Source.METADATA);
		assertThat(this.completed).isEmpty();
		assertThat(this.abandoned).hasSize(1);
		assertThat(this.gateway.bucket("shop").calls("list")).isEmpty();
	}

	@Test
	void metadataThatIsWantedAndCannotBeReadFailsTheVolume() {
		this.metadata.refusing("refuses the user or its password");
		scan(ListingOrigin.METADATA);
		assertThat(this.saved.state()).isEqualTo(State.FAILED);
		assertThat(this.saved.reason()).isEqualTo("refuses the user or its password");
		assertThat(this.completed).isEmpty();
	}

	@Test
	void anotherFileSystemIsNoticedBeforeAnybodySeesANameOfIt() {
		this.files.without("shop");
		for (int i = 0; i < 9; i++) {
			this.files.bucket("shop").with("x%02d".formatted(i), i, OLD);
		}
		scan(ListingOrigin.AUTO);
		assertThat(this.abandoned).allSatisfy((names) -> assertThat(names).isEmpty());
		assertThat(this.completed).singleElement().satisfies((names) -> assertThat(names).hasSize(25));
		assertThat(this.saved.source()).isEqualTo(Source.GATEWAY);
		assertThat(this.saved.sourceReason()).contains("x0", "another file system");
	}

	@Test
	void filesThatNoSampleTakesAreNotBelievedWithoutTheGateway() {
		this.files.without("shop");
		for (int i = 0; i < 9; i++) {
			this.files.bucket("shop").with("x%02d".formatted(i), i, Instant.parse("1969-07-20T20:17:40Z"));
		}
		scan(ListingOrigin.AUTO);
		assertThat(this.completed).singleElement().satisfies((names) -> assertThat(names).hasSize(25));
		assertThat(this.saved.source()).isEqualTo(Source.GATEWAY);
		assertThat(this.saved.sourceReason()).contains("f00", "another file system");
	}

	@Test
	void aGatewayThatFailsFailsTheVolume() {
		this.gateway.outage(Kind.UNAVAILABLE);
		scan(ListingOrigin.AUTO);
		assertThat(this.saved.state()).isEqualTo(State.FAILED);
		assertThat(this.saved.source()).isEqualTo(Source.GATEWAY);
		assertThat(this.completed).isEmpty();
	}

	private void scan(ListingOrigin origin) {
		ListingSources sources = new ListingSources(origin, new ByGateway<>(Map.of("", this.metadata)), this.gateway,
				this.stop, Duration.ofMillis(1));
		BucketLister walk = TestScans.walk(this.stop);
		VolumeLister lister = new VolumeLister(walk, this.gateway, new ObjectClassifier(new Globs(List.of("*.hprof"))),
				Progress.NONE, this.stop, Duration.ofMillis(1));
		VolumeScanRepository rows = (VolumeScanRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { VolumeScanRepository.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("save")) {
						this.saved = (VolumeScan) arguments[0];
						return this.saved;
					}
					return method.getName().equals("findByRunIdAndVolume") ? Optional.of(VolumeScan.selected(7, "shop"))
							: Optional.empty();
				});
		new VolumeScanner(sources, lister, rows, List.of((run, volume) -> Optional.of(new Visitor())),
				new Plausibility(0.5), Clock.systemUTC())
			.scan(RUN, "shop");
	}

	/** Remembers what it was shown, and what became of it. */
	private final class Visitor implements ScanVisitor {

		private final List<String> names = new ArrayList<>();

		@Override
		public void visit(ScannedObject object) {
			this.names.add(object.name());
		}

		@Override
		public void complete(VolumeScan scan) {
			VolumeScannerTests.this.completed.add(this.names);
		}

		@Override
		public void abandon() {
			VolumeScannerTests.this.abandoned.add(this.names);
		}

	}

}
