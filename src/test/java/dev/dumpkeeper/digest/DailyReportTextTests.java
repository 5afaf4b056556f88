package dev.dumpkeeper.digest;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.notify.wecom.TestWecom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DailyReportText}.
 */
class DailyReportTextTests {

	private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

	private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

	private static final Instant THIS_MORNING = Instant.parse("2026-11-24T22:00:12Z");

	private static final long GIB = 1L << 30;

	private static final List<VolumeDay> VOLUMES = List.of(new VolumeDay("jfsdata", 322 * GIB, 310 * GIB, 500 * GIB),
			new VolumeDay("reports", 5 * GIB, 5 * GIB, null), new VolumeDay("archive", 90 * GIB, null, 100 * GIB));

	@ParameterizedTest
	@EnumSource
	void anOrdinaryDay(Language language) {
		check("report-ordinary", language, ordinary(language));
	}

	@Test
	void itLeadsToThePresentStateInTheConsole() {
		ConsoleLinks console = new ConsoleLinks(URI.create("https://dumps.example"));
		for (DailyFacts facts : List.of(ordinary(Language.EN), quiet(THIS_MORNING, VOLUMES))) {
			assertThat(new DailyReportText(TestWecom.DIALECT, Language.EN, SHANGHAI, 0.99, console).text(facts))
				.endsWith("\n[current state in the console](https://dumps.example/console)");
		}
	}

	static String ordinaryText(Language language) {
		return new DailyReportText(TestWecom.DIALECT, language, SHANGHAI).text(ordinary(language));
	}

	static String quietText(Language language) {
		return new DailyReportText(TestWecom.DIALECT, language, SHANGHAI)
			.text(quiet(THIS_MORNING, VOLUMES.subList(0, 2)));
	}

	static DailyFacts ordinary(Language language) {
		return new DailyFacts(DAY,
				List.of(seen("staging", "mail", 1, 2 * GIB), seen("prod", "shop", 12,
						25 * GIB), seen("", "", 1, GIB / 3)),
				14, 27 * GIB + GIB / 3, 13, 40, 82 * GIB, 1, 2, 1, 2 * GIB, VOLUMES,
				List.of((language == Language.ZH) ? "计划 31 被删除保护拒绝：核对后执行 run expire-dumps --approve 31"
						: "plan 31 was refused by the safety brake: review it, then run expire-dumps --approve 31"),
				THIS_MORNING);
	}

	@ParameterizedTest
	@EnumSource
	void aQuietDay(Language language) {
		String text = check("report-quiet", language, quiet(THIS_MORNING, VOLUMES.subList(0, 2)));
		assertThat(text.lines()).hasSizeLessThanOrEqualTo(6);
	}

	@ParameterizedTest
	@EnumSource
	void aVeryBusyDay(Language language) {
		String text = check("report-busy", language, new DailyFacts(DAY,
				IntStream.range(0, 4000)
					.mapToObj((i) -> seen("env-" + i % 7, "workload-" + i, 4000 - i, GIB * i))
					.toList(),
				8_002_000, 900_000 * GIB, 12_345, 54_321, 1_000_000 * GIB, 77, 1, 4_000_000, 100 * GIB,
				IntStream.range(0, 80).mapToObj((i) -> new VolumeDay("pvc-" + i, i * GIB, 40 * GIB, 80 * GIB)).toList(),
				IntStream.range(0, 60)
					.mapToObj((i) -> "Volume pvc-" + i + " could not be listed: access denied")
					.toList(),
				THIS_MORNING));
		assertThat(text).contains("pvc-79", "workload-0", "Volume pvc-0 ");
	}

	@Test
	void aNearlyFullVolumeIsNotQuiet() {
		assertThat(text(quiet(THIS_MORNING, VOLUMES))).contains("nearly full", "`archive` 90.0 GiB of 100.0 GiB (90%)");
	}

	@Test
	void aShareBelowTheThresholdNeverReadsLikeIt() {
		VolumeDay volume = new VolumeDay("v", 7999, 7999L, 10_000L);
		assertThat(text(quiet(THIS_MORNING, List.of(volume)))).contains("(79%)").doesNotContain("nearly full");
		assertThat(text(quiet(THIS_MORNING, List.of(new VolumeDay("v", 8000, 8000L, 10_000L))))).contains("(80%)",
				"nearly full");
		assertThat(new DailyReportText(TestWecom.DIALECT, Language.EN, SHANGHAI, 0.7, new ConsoleLinks(null))
			.text(quiet(THIS_MORNING, List.of(volume)))).contains("nearly full");
	}

	@Test
	void aDayWithoutASuccessfulRunIsNotQuiet() {
		assertThat(text(quiet(null, List.of()))).contains("No run has succeeded yet")
			.doesNotContain("Nothing to report");
		Instant dayBegins = DAY.atStartOfDay(SHANGHAI).toInstant();
		assertThat(text(quiet(dayBegins.minusSeconds(1), List.of()))).contains("No run has succeeded since 11-23 23:59")
			.doesNotContain("Nothing to report");
		assertThat(text(quiet(dayBegins, List.of()))).contains("last successful run 11-24 00:00", "Nothing to report");
	}

	@Test
	void theLongestListIsCutFirstAndSaysByHowMuch() {
		DailyFacts facts = new DailyFacts(DAY,
				IntStream.range(0, 300).mapToObj((i) -> seen("prod", "w" + i, 1, GIB)).toList(), 300, 300 * GIB, 0, 0,
				0, 0, 0, 0, 0, VOLUMES, List.of("Look at this"), THIS_MORNING);
		String text = text(facts);
		assertThat(text).contains("`jfsdata`", "`reports`", "`archive`", "> Look at this");
		long shown = text.lines().filter((line) -> line.startsWith("> `prod`")).count();
		assertThat(shown).isBetween(80L, 120L);
		assertThat(text.lines()).contains("> +" + (300 - shown) + " more");
		assertThat(Dialect.bytes(text)).isBetween(TestWecom.DIALECT.pageBytes() - 60, TestWecom.DIALECT.pageBytes());
	}

	@Test
	void whateverTheNamesAreTheReportIsSound() {
		for (int seed = 0; seed < 100; seed++) {
			Random random = new Random(seed);
			DailyFacts facts = new DailyFacts(DAY, IntStream.range(0, random.nextInt(150))
				.mapToObj(
						(i) -> seen(Hostile.name(random), Hostile.name(random), random.nextInt(100), random.nextInt()))
				.toList(), random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt(),
					random.nextInt(), random.nextInt(), random.nextInt(2), random.nextInt(),
					IntStream.range(0, random.nextInt(150))
						.mapToObj((i) -> new VolumeDay(Hostile.name(random), random.nextInt(1000),
								random.nextLong(1000), random.nextLong(1000)))
						.toList(),
					IntStream.range(0, random.nextInt(150)).mapToObj((i) -> Hostile.name(random)).toList(),
					random.nextBoolean() ? THIS_MORNING : null);
			Language language = Language.values()[seed % 2];
			String text = new DailyReportText(TestWecom.DIALECT, language, SHANGHAI).text(facts);
			Pages.assertHarmless(text.replace("`", ""), text);
		}
	}

	private static UnnotifiedGroup seen(String environment, String workload, long dumps, long bytes) {
		return new UnnotifiedGroup(environment, workload, "", "", "", dumps, bytes, THIS_MORNING, THIS_MORNING,
				Map.of(), 1, List.of());
	}

	private static DailyFacts quiet(@Nullable Instant lastSuccess, List<VolumeDay> volumes) {
		return new DailyFacts(DAY, List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, volumes, List.of(), lastSuccess);
	}

	private static String text(DailyFacts facts) {
		return new DailyReportText(TestWecom.DIALECT, Language.EN, SHANGHAI).text(facts);
	}

	private static String check(String golden, Language language, DailyFacts facts) {
		String text = new DailyReportText(TestWecom.DIALECT, language, SHANGHAI).text(facts);
		Pages.assertHarmless(text, text);
		Golden.check(golden + "-" + language.name().toLowerCase(Locale.ROOT), text + "\n");
		return text;
	}

}
