package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.ledger.DumpSearch.DumpFilter;
import dev.dumpkeeper.ledger.DumpSearch.DumpPage;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.ledger.DumpSearch.FailureSum;

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
					+ " 'p', '' FROM SYSTEM_RANGE(1, 15000)");
		DumpFilter needle = new DumpFilter(false, "", "", "", null, "", "needle");
		DumpPage first = this.search.find(needle, null, 10);
		assertThat(first.rows()).isEmpty();
		assertThat(first.isCut()).isTrue();
		DumpPage second = this.search.find(needle, first.next(), 10);
		assertThat(second.rows()).singleElement().extracting(DumpRow::file).isEqualTo("needle.hprof");
		assertThat(second.next()).isNull();
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
	void whoDiedIsSummedUpByFailure() {
		for (int i = 1; i <= 3; i++) {
			add("jfsdata", "dumpfiles/" + i + ".hprof", (i == 3) ? "cart" : "shop", DumpState.COMPLETE);
		}
		this.jdbc.update("UPDATE dump SET fingerprint = 'abc', top_frame = 'a.B.c'");
		add("jfsdata", "dumpfiles/other.hprof", "shop", DumpState.COMPLETE);
		this.jdbc.update("UPDATE dump SET first_seen = ? WHERE object_key = ?",
				NOW.minus(Duration.ofDays(2)).toEpochMilli(), "dumpfiles/1.hprof".getBytes());
		List<FailureSum> sums = this.search.failuresSince(NOW.minus(Duration.ofDays(1)));
		assertThat(sums).hasSize(2);
		assertThat(sums.get(0).fingerprint()).isNull();
		assertThat(sums.get(1).dumps()).isEqualTo(2);
		assertThat(sums.get(1).workloads()).containsExactly("dev/cart", "dev/shop");
		assertThat(sums.get(1).newest().file()).isEqualTo("3.hprof");
		assertThat(this.search.ofFailure("abc", 2)).extracting(DumpRow::file).containsExactly("3.hprof", "2.hprof");
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
