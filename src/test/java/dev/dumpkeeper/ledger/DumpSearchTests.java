package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.ledger.DumpSearch.DumpFilter;
import dev.dumpkeeper.ledger.DumpSearch.DumpPage;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.ledger.FailureSums.FailureSum;
import dev.dumpkeeper.ledger.DumpSearch.Order;
import dev.dumpkeeper.ledger.HeapTable.GrownTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People find dumps page by page, whatever lies there.
 */
class DumpSearchTests {

	private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

	private static final DumpFilter ALL = new DumpFilter(false, "", "", "", null, "", "");

	private final MigratedDatabase database = MigratedDatabase.h2();

	private final JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(this.database.url(),
			this.database.username(), this.database.password(), true));

	private final DumpSearch search = new DumpSearch(this.jdbc, new FailureRepository(this.jdbc),
			new DumpContentsRepository(this.jdbc, null));

	@Test
	void pagesCoverEverythingOnceAndNewDumpsDoNotShiftThem() {
		for (int i = 1; i <= 25; i++) {
			add("jfsdata", "dumpfiles/" + i + ".hprof", "shop", DumpState.COMPLETE);
		}
		List<String> seen = new ArrayList<>();
		DumpPage page = this.search.find(ALL, null, 10);
		while (true) {
			page.rows().forEach((row) -> seen.add(row.file()));
			if (page.next() == null) {
				break;
			}
			add("jfsdata", "dumpfiles/later-" + seen.size() + ".hprof", "shop", DumpState.COMPLETE);
			page = this.search.find(ALL, page.next(), 10);
		}
		assertThat(seen).hasSize(25).doesNotHaveDuplicates().startsWith("25.hprof", "24.hprof").endsWith("1.hprof");
		assertThat(page.isCut()).isFalse();
	}

	@Test
	void aPageThatEndsWithTheListHasNoNextOne() {
		add("jfsdata", "dumpfiles/1.hprof", "shop", DumpState.COMPLETE);
		add("jfsdata", "dumpfiles/2.hprof", "shop", DumpState.COMPLETE);
		assertThat(this.search.find(ALL, null, 2).next()).isNull();
		assertThat(this.search.find(ALL, null, 1).next()).isNotNull();
	}

	@Test
	void eachFieldLeavesOutWhatIsNotLikeIt() {
		add("jfsdata", "dumpfiles/dev_shop-1.hprof", "shop", DumpState.COMPLETE);
		add("reports", "dumpfiles/dev_shop-2.hprof", "shop", DumpState.TRUNCATED);
		add("jfsdata", "dumpfiles/dev_Cart-1.hprof", "cart", DumpState.TRUNCATED);
		assertThat(files(new DumpFilter(false, "jfsdata", "", "", null, "", ""))).containsExactly("dev_Cart-1.hprof",
				"dev_shop-1.hprof");
		assertThat(files(new DumpFilter(false, "", "", "shop", null, "", ""))).containsExactly("dev_shop-2.hprof",
				"dev_shop-1.hprof");
		assertThat(files(new DumpFilter(false, "", "", "", DumpState.TRUNCATED, "", "")))
			.containsExactly("dev_Cart-1.hprof", "dev_shop-2.hprof");
		assertThat(files(new DumpFilter(false, "", "", "", null, "", "CART-"))).containsExactly("dev_Cart-1.hprof");
		assertThat(files(new DumpFilter(false, "reports", "dev", "shop", DumpState.TRUNCATED, "", "shop")))
			.containsExactly("dev_shop-2.hprof");
		assertThat(files(new DumpFilter(false, "reports", "prod", "", null, "", ""))).isEmpty();
		assertThat(files(new DumpFilter(false, "", "", "", null, "", "%"))).isEmpty();
	}

	@Test
	void whatIsGoneIsFoundApart() {
		add("jfsdata", "dumpfiles/1.hprof", "shop", DumpState.COMPLETE);
		add("jfsdata", "dumpfiles/2.hprof", "shop", DumpState.COMPLETE);
		this.jdbc.update("UPDATE dump SET present = NULL, fate = 'EXPIRED', gone_at = 1 WHERE object_key = ?",
				"dumpfiles/1.hprof".getBytes());
		assertThat(files(ALL)).containsExactly("2.hprof");
		assertThat(files(new DumpFilter(true, "jfsdata", "", "", null, "", ""))).containsExactly("1.hprof");
	}

	@Test
	void aFileThatSaysItIsFromTheFutureDoesNotStayAtTheTop() {
		add("jfsdata", "dumpfiles/forged.hprof", "shop", DumpState.COMPLETE);
		this.jdbc.update("UPDATE dump SET last_modified = ?", Instant.parse("2999-01-01T00:00:00Z").toEpochMilli());
		add("jfsdata", "dumpfiles/new.hprof", "shop", DumpState.COMPLETE);
		assertThat(files(ALL)).containsExactly("new.hprof", "forged.hprof");
	}

	@Test
	void aRareTextIsSearchedForInPartsThatSayHowFarTheyCame() {
		add("jfsdata", "dumpfiles/needle.hprof", "shop", DumpState.COMPLETE);
		this.jdbc
			.update("INSERT INTO dump (volume, object_key, present, size, last_modified, first_seen, state, environment,"
					+ " workload, pod, project) SELECT 'jfsdata', CAST(X AS VARCHAR), TRUE, 1, 1, 1, 'COMPLETE', 'dev', 'shop',"
					+ " 'p', '' FROM SYSTEM_RANGE(1, 7000)");
		DumpFilter needle = new DumpFilter(false, "", "", "", null, "", "needle");
		DumpPage first = this.search.find(needle, null, 10);
		assertThat(first.rows()).isEmpty();
		assertThat(first.isCut()).isTrue();
		DumpPage second = this.search.find(needle, first.next(), 10);
		assertThat(second.rows()).singleElement().extracting(DumpRow::file).isEqualTo("needle.hprof");
		assertThat(second.next()).isNull();
		// A longer page, such as a file, looks through as many as it may have.
		assertThat(this.search.find(needle, null, 7500).rows()).hasSize(1);
	}

	@Test
	void aDumpIsReportedWithItsStackAlsoWhenItIsGone() {
		long id = add("jfsdata", "dumpfiles/1.hprof", "shop", DumpState.COMPLETE);
		this.jdbc
			.update("UPDATE dump SET present = NULL, fate = 'EXPIRED', gone_at = 5, plan_id = 7, fingerprint = 'abc'");
		this.jdbc.update("INSERT INTO failure (fingerprint, first_seen, stack) VALUES ('abc', 1, 'at here')");
		DumpSearch.DumpDetail detail = this.search.detail(id).orElseThrow();
		assertThat(detail.stack()).isEqualTo("at here");
		assertThat(detail.plan()).isEqualTo(7);
		assertThat(detail.dump().isThere()).isFalse();
		assertThat(detail.heap()).isNull();
		assertThat(this.search.detail(id + 1)).isEmpty();
	}

	@Test
	void whatGrewIsSeenAgainstTheLastWholeHeapOfTheWorkload() {
		long first = add("jfsdata", "dumpfiles/1.hprof", "shop", DumpState.COMPLETE);
		long second = add("jfsdata", "dumpfiles/2.hprof", "shop", DumpState.COMPLETE);
		long part = add("jfsdata", "dumpfiles/3.hprof", "shop", DumpState.TRUNCATED);
		long other = add("jfsdata", "dumpfiles/4.hprof", "cart", DumpState.COMPLETE);
		long last = add("jfsdata", "dumpfiles/5.hprof", "shop", DumpState.COMPLETE);
		heap(first, HeapContents.State.WHOLE, 1);
		heap(second, HeapContents.State.WHOLE, 100);
		heap(part, HeapContents.State.TRUNCATED, 200);
		heap(other, HeapContents.State.WHOLE, 300);
		heap(last, HeapContents.State.WHOLE, 1000);
		this.jdbc.update("UPDATE dump SET present = NULL, fate = 'EXPIRED', gone_at = 1 WHERE id = ?", second);
		GrownTable grew = grew(last);
		assertThat(grew).isNotNull();
		assertThat(grew.since().id()).isEqualTo(second);
		assertThat(grew.bytes()).isEqualTo(900);
		assertThat(grew.classes()).containsExactly(new HeapTable.GrownRow("byte[]", 900, 900, false));
		assertThat(grew(first)).as("the first one").isNull();
		assertThat(grew(part)).as("a part").isNull();
		assertThat(grew(other)).as("another workload's").isNull();
		this.jdbc.update("UPDATE dump SET environment = 'prod' WHERE id = ?", last);
		assertThat(grew(last)).as("another environment's").isNull();
	}

	private @Nullable GrownTable grew(long id) {
		HeapTable heap = this.search.detail(id).orElseThrow().heap();
		assertThat(heap).isNotNull();
		return heap.grew();
	}

	private void heap(long dump, HeapContents.State state, long bytes) {
		this.jdbc.update(
				"INSERT INTO dump_contents (dump_id, read_at, state, file_bytes, sentence, contents) VALUES (?, 1, ?, 1, '', ?)",
				dump, state.name(),
				JsonMapper.shared()
					.writeValueAsString(
							new HeapContents(state, (state == HeapContents.State.WHOLE) ? "" : "it ends early", 1, 1, 8,
									true, bytes, bytes, List.of(new HeapContents.ClassCount("byte[]", bytes, bytes)), 0,
									List.of(), 1, 1, List.of(), HeapContents.Repeated.NONE, List.of(), null)));
	}

	@Test
	void whoDiedIsSummedUpByFailure() {
		for (int i = 1; i <= 3; i++) {
			add("jfsdata", "dumpfiles/" + i + ".hprof", (i == 3) ? "cart" : "shop", DumpState.COMPLETE);
		}
		this.jdbc.update("UPDATE dump SET fingerprint = 'abc', top_frame = 'a.B.c'");
		add("jfsdata", "dumpfiles/other.hprof", "shop", DumpState.COMPLETE);
		this.jdbc.update("UPDATE dump SET first_seen = ? WHERE object_key = ?",
				NOW.minus(Duration.ofDays(2)).toEpochMilli(), "dumpfiles/1.hprof".getBytes());
		List<FailureSum> sums = this.search.failuresSince(NOW.minus(Duration.ofDays(1))).first(10);
		assertThat(sums).hasSize(2);
		assertThat(sums.get(0).fingerprint()).isNull();
		assertThat(sums.get(1).dumps()).isEqualTo(2);
		assertThat(sums.get(1).workloads()).containsExactly("dev/cart", "dev/shop");
		assertThat(sums.get(1).newest().file()).isEqualTo("3.hprof");
		FailureSums all = this.search.failuresSince(NOW.minus(Duration.ofDays(3)));
		assertThat(all.size()).isEqualTo(2);
		assertThat(all.first(1)).extracting(FailureSum::fingerprint).as("the newest first").containsOnlyNulls();
		assertThat(all.ofErrors().first(9)).singleElement().satisfies((sum) -> {
			assertThat(sum.dumps()).isEqualTo(3);
			assertThat(sum.first()).isEqualTo(NOW.minus(Duration.ofDays(2)));
			assertThat(sum.topFrame()).isEqualTo("a.B.c");
		});
		long other = all.first(1).get(0).newest().id();
		assertThat(all.behind(other).first(9)).extracting(FailureSum::fingerprint).containsExactly("abc");
		assertThat(this.search.ofFailure("abc", 2)).extracting(DumpRow::file).containsExactly("3.hprof", "2.hprof");
	}

	@Test
	void aSumOfFailuresTellsThatItLeavesDumpsOut() {
		for (int i = 1; i <= 3; i++) {
			add("jfsdata", "dumpfiles/" + i + ".hprof", "shop", DumpState.COMPLETE);
		}
		Instant since = NOW.minus(Duration.ofDays(1));
		FailureSums all = FailureSums.read(this.jdbc, since, 3, this.search::of);
		assertThat(all.isCut()).isFalse();
		assertThat(all.first(9)).singleElement().extracting(FailureSum::dumps).isEqualTo(3L);
		FailureSums cut = FailureSums.read(this.jdbc, since, 2, this.search::of);
		assertThat(List.of(cut, cut.behind(null), cut.ofErrors())).allMatch(FailureSums::isCut);
		assertThat(cut.first(9)).singleElement().extracting(FailureSum::dumps).isEqualTo(2L);
	}

	@Test
	void theLargestComeFirstAndPagesOfEqualSizesCoverThemOnce() {
		for (int i = 1; i <= 25; i++) {
			long id = add((i % 2 == 0) ? "reports" : "jfsdata", "dumpfiles/" + i + ".hprof", "shop",
					DumpState.COMPLETE);
			this.jdbc.update("UPDATE dump SET size = ? WHERE id = ?", i / 5, id);
		}
		for (String volume : List.of("", "jfsdata")) {
			DumpFilter largest = ordered(volume, "", null, null, Order.LARGEST);
			List<DumpRow> seen = pages(largest, 4);
			assertThat(seen).hasSize(volume.isEmpty() ? 25 : 13)
				.isSortedAccordingTo(Comparator.comparing(DumpRow::size).thenComparing(DumpRow::id).reversed());
		}
		// Where the number is forgotten, the first page comes again.
		assertThat(this.search.find(ordered("", "", null, null, Order.LARGEST), 999L, 1).rows()).singleElement()
			.extracting(DumpRow::file)
			.isEqualTo("25.hprof");
	}

	@Test
	void ofOneFailureNoneIsTheLargest() {
		assertThat(ordered("", "f00d", null, null, Order.LARGEST).order()).isEqualTo(Order.NEWEST);
	}

	@Test
	void aTimeLeavesOutWhatWasSeenBeforeOrAfter() {
		for (int day = 9; day >= 0; day--) {
			long id = add("jfsdata", "dumpfiles/" + day + ".hprof", "shop", DumpState.COMPLETE);
			this.jdbc.update("UPDATE dump SET first_seen = ? WHERE id = ?",
					NOW.minus(Duration.ofDays(day)).toEpochMilli(), id);
		}
		// A run that began long before it entered this one.
		long late = add("jfsdata", "dumpfiles/late.hprof", "shop", DumpState.COMPLETE);
		this.jdbc.update("UPDATE dump SET first_seen = ? WHERE id = ?", NOW.minus(Duration.ofHours(5)).toEpochMilli(),
				late);
		for (Order order : Order.values()) {
			assertThat(pages(ordered("", "", NOW.minus(Duration.ofDays(3)), NOW.minus(Duration.ofDays(1)), order), 1))
				.extracting(DumpRow::file)
				.containsExactlyInAnyOrder("3.hprof", "2.hprof");
			assertThat(pages(ordered("", "", null, NOW.minus(Duration.ofHours(1)), order), 100))
				.extracting(DumpRow::file)
				.hasSize(10)
				.contains("late.hprof")
				.doesNotContain("0.hprof");
			assertThat(pages(ordered("", "", NOW.plus(Duration.ofDays(1)), null, order), 100)).isEmpty();
		}
	}

	@Test
	void someAreReadByTheirNumbers() {
		long first = add("jfsdata", "dumpfiles/1.hprof", "shop", DumpState.COMPLETE);
		add("jfsdata", "dumpfiles/2.hprof", "shop", DumpState.COMPLETE);
		assertThat(this.search.of(List.of(first, 999L))).extracting(DumpRow::file).containsExactly("1.hprof");
		assertThat(this.search.of(List.of())).isEmpty();
	}

	private static DumpFilter ordered(String volume, String failure, @Nullable Instant from, @Nullable Instant to,
			Order order) {
		return new DumpFilter(false, volume, "", "", null, failure, "", from, to, order);
	}

	private List<DumpRow> pages(DumpFilter filter, int size) {
		List<DumpRow> seen = new ArrayList<>();
		DumpPage page = this.search.find(filter, null, size);
		while (true) {
			seen.addAll(page.rows());
			if (page.next() == null) {
				return seen;
			}
			page = this.search.find(filter, page.next(), size);
		}
	}

	@Test
	void aFailureHasItsDaysAndItsPlaces() {
		String[] pods = { "shop-7d9f8c6b5d-x2k4q", "shop-7d9f8c6b5d-zzzzz", "shop-5b6c7d8f9b-aaaaa", "cart-0" };
		for (int i = 0; i < pods.length; i++) {
			long id = add("jfsdata", "dumpfiles/" + i + ".hprof", pods[i].substring(0, 4), DumpState.COMPLETE);
			this.jdbc.update("UPDATE dump SET fingerprint = 'abc', pod = ?, first_seen = ? WHERE id = ?", pods[i],
					NOW.minus(Duration.ofDays(i)).toEpochMilli(), id);
		}
		ZoneId shanghai = ZoneId.of("Asia/Shanghai");
		FailureCourse course = new FailureRepository(this.jdbc).course("abc", LocalDate.parse("2026-11-30"), 3,
				shanghai);
		assertThat(course.days()).containsExactly(Map.entry(LocalDate.parse("2026-11-28"), 1L),
				Map.entry(LocalDate.parse("2026-11-29"), 1L), Map.entry(LocalDate.parse("2026-11-30"), 1L));
		assertThat(course.dumps()).isEqualTo(4);
		assertThat(course.isCut()).isFalse();
		assertThat(course.places())
			.extracting(FailureCourse.Place::workload, FailureCourse.Place::version, FailureCourse.Place::dumps)
			.containsExactly(Assertions.tuple("shop", "7d9f8c6b5d", 2L), Assertions.tuple("shop", "5b6c7d8f9b", 1L),
					Assertions.tuple("cart", "", 1L));
		assertThat(course.places().get(0).first()).isEqualTo(NOW.minus(Duration.ofDays(1)));
		assertThat(course.places().get(0).last()).isEqualTo(NOW);
		assertThat(new FailureRepository(this.jdbc).course("none", LocalDate.parse("2026-11-30"), 3, shanghai).dumps())
			.isZero();
	}

	private List<String> files(DumpFilter filter) {
		return this.search.find(filter, null, 100).rows().stream().map(DumpRow::file).toList();
	}

	private long add(String volume, String key, String workload, DumpState state) {
		this.jdbc.update(
				"INSERT INTO dump (volume, object_key, present, size, last_modified, first_seen, state, environment,"
						+ " workload, pod, project) VALUES (?, ?, TRUE, 1, ?, ?, ?, 'dev', ?, 'pod-1', '')",
				volume, key.getBytes(), NOW.toEpochMilli(), NOW.toEpochMilli(), state.name(), workload);
		Long id = this.jdbc.queryForObject("SELECT MAX(id) FROM dump", Long.class);
		return (id != null) ? id : 0;
	}

}
