package dev.dumpkeeper.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.TestScans;
import dev.dumpkeeper.scan.UntrustedListingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PreDeleteCheck}: what a second listing shows of planned objects, and
 * which of them still need a HEAD of their own.
 */
class PreDeleteCheckTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12.345Z");

	private final InMemoryBucket bucket = new InMemoryBucket("v");

	private Instant now = NOW;

	private final PreDeleteCheck check = new PreDeleteCheck(this.bucket, clock(() -> this.now));

	private final List<ExpiryItem> items = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "20, 20, false", "20, 0, false", "21, 419, true", "21, 420, false", "1000, 19999, true",
			"1000, 20000, false" })
	void aSecondListingIsForMoreThanAFewItemsThatAreMoreThanATwentiethOfAll(long items, long objects, boolean cheaper) {
		assertThat(PreDeleteCheck.isListingCheaper(items, objects)).isEqualTo(cheaper);
	}

	@Test
	void withoutAListingEachItemIsChecked() {
		assertThat(this.check.isNeeded(planned("dumpfiles/a.hprof"))).isTrue();
	}

	@Test
	void whatIsListedAsItWasPlannedNeedsNoCheck() {
		there("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		planned("dumpfiles/a.hprof");
		planned("dumpfiles/b.hprof");
		assertThat(list()).isEmpty();
		assertThat(needed()).isEmpty();
	}

	@Test
	void whatHasAnotherSizeHasChanged() {
		there("dumpfiles/a.hprof");
		ExpiryItem item = planned("dumpfiles/a.hprof");
		this.bucket.with("dumpfiles/a.hprof", 11, OLD);
		assertThat(list()).containsExactly(item);
	}

	@Test
	void whatHasAnotherSecondHasChangedAndAMillisecondIsNone() {
		there("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		ExpiryItem item = planned("dumpfiles/a.hprof");
		planned("dumpfiles/b.hprof");
		this.bucket.with("dumpfiles/a.hprof", 10, OLD.plusSeconds(1)).with("dumpfiles/b.hprof", 10, OLD.plusMillis(1));
		assertThat(list()).containsExactly(item);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof" })
	void whatTheListingLacksNeedsACheckAndTheOthersDoNot(String gone) {
		there("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof");
		List.of("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof").forEach(this::planned);
		this.bucket.without(gone);
		assertThat(list()).isEmpty();
		assertThat(needed()).containsExactly(gone);
	}

	@Test
	void whatIsNewBetweenPlannedOnesConfusesNothing() {
		there("dumpfiles/a.hprof", "dumpfiles/c.hprof");
		planned("dumpfiles/a.hprof");
		ExpiryItem changed = planned("dumpfiles/c.hprof");
		there("dumpfiles/b.hprof", "dumpfiles/d.hprof");
		this.bucket.with("dumpfiles/c.hprof", 11, OLD);
		assertThat(list()).containsExactly(changed);
		assertThat(needed()).isEmpty();
	}

	@Test
	void afterAMinuteTheListingIsTooOld() {
		there("dumpfiles/a.hprof");
		planned("dumpfiles/a.hprof");
		list();
		this.now = NOW.plusSeconds(60);
		assertThat(needed()).isEmpty();
		this.now = NOW.plusSeconds(60).plusMillis(1);
		assertThat(needed()).containsExactly("dumpfiles/a.hprof");
	}

	@Test
	void itsAgeCountsFromItsFirstPage() {
		there("dumpfiles/a.hprof");
		planned("dumpfiles/a.hprof");
		this.bucket.beforeList(() -> this.now = NOW.plusSeconds(61));
		list();
		assertThat(needed()).containsExactly("dumpfiles/a.hprof");
	}

	@Test
	void whatWasSentBeforeNeedsACheckHoweverFreshTheListing() {
		there("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		planned("dumpfiles/a.hprof");
		this.items.add(new ExpiryItem(2, new ObjectKey("dumpfiles/b.hprof"), 10, OLD, Outcome.DELETE_SENT));
		list();
		assertThat(needed()).containsExactly("dumpfiles/b.hprof");
	}

	@Test
	void directoriesAreNotSearchedFor() {
		there("dumpfiles/b.hprof");
		planned("dumpfiles/a/");
		planned("dumpfiles/b.hprof");
		planned("dumpfiles/c/");
		assertThat(list()).isEmpty();
		assertThat(needed()).isEmpty();
	}

	@Test
	void directoriesAreListedInKeyOrderAndOneWithinAnotherOnce() {
		there("a-b/x", "a/deep/x", "a/x", "z/x");
		List.of("a-b/x", "a/deep/x", "a/x", "z/x").forEach(this::planned);
		assertThat(list("z", "a/deep", "a", "a-b")).isEmpty();
		assertThat(needed()).isEmpty();
		assertThat(this.bucket.calls("list")).containsExactly("a-b/", "a/", "z/");
	}

	@Test
	void pagesAreOneListing() {
		String[] names = IntStream.range(0, 25).mapToObj("dumpfiles/%02d"::formatted).toArray(String[]::new);
		there(names);
		List.of(names).forEach(this::planned);
		this.bucket.pageSize(10).with("dumpfiles/17", 11, OLD);
		assertThat(list()).extracting((item) -> item.key().value()).containsExactly("dumpfiles/17");
		assertThat(needed()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "10000, false", "10001, true" })
	void aListingThatLacksMoreThanTenThousandIsWorthNothing(int missing, boolean worthless) {
		there("dumpfiles/a.hprof");
		ExpiryItem listed = planned("dumpfiles/a.hprof");
		for (int i = 0; i < missing; i++) {
			planned("dumpfiles/b%05d".formatted(i));
		}
		list();
		assertThat(this.check.isNeeded(listed)).isEqualTo(worthless);
		assertThat(this.check.isNeeded(this.items.get(missing))).isTrue();
	}

	@Test
	void aListingThatFailsIsNoCheck() {
		there("dumpfiles/a.hprof");
		planned("dumpfiles/a.hprof");
		this.bucket.outage(Kind.UNAVAILABLE);
		assertThatExceptionOfType(GatewayException.class).isThrownBy(this::list);
		assertThat(needed()).containsExactly("dumpfiles/a.hprof");
	}

	@Test
	void aListingThatIsNotToBeTrustedIsNoCheck() {
		there("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		planned("dumpfiles/a.hprof");
		assertThatExceptionOfType(UntrustedListingException.class).isThrownBy(() -> this.check
			.list(TestScans.walk(new StopSignal(), 1), List.of(new DirectoryPath("dumpfiles")), this.items.iterator()));
		assertThat(needed()).containsExactly("dumpfiles/a.hprof");
	}

	private void there(String... names) {
		for (String name : names) {
			this.bucket.with(name, 10, OLD);
		}
	}

	private ExpiryItem planned(String name) {
		ExpiryItem item = new ExpiryItem(this.items.size() + 1, new ObjectKey(name), 10, OLD, null);
		this.items.add(item);
		return item;
	}

	private List<ExpiryItem> list() {
		return list("dumpfiles");
	}

	private List<ExpiryItem> list(String... directories) {
		return this.check.list(TestScans.walk(new StopSignal()),
				List.of(directories).stream().map(DirectoryPath::new).toList(), this.items.iterator());
	}

	private List<String> needed() {
		return this.items.stream().filter(this.check::isNeeded).map((item) -> item.key().value()).toList();
	}

	private static Clock clock(InstantSource source) {
		return source.withZone(ZoneOffset.UTC);
	}

}
