package dev.dumpkeeper.capacity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.digest.Golden;
import dev.dumpkeeper.digest.MessagesDocumentTests;
import dev.dumpkeeper.digest.ConsoleLinks;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.notify.wecom.TestWecom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CapacityText}.
 */
class CapacityTextTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final long GIB = 1L << 30;

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private static final GrowthContributors DRIVERS = new GrowthContributors("jfsdata", Duration.ofDays(3),
			List.of(new GrowthContributors.Workload("prod", "shop", 12, 25 * GIB),
					new GrowthContributors.Workload("prod", "billing", 1, GIB),
					new GrowthContributors.Workload("", "", 2, GIB / 2)),
			List.of(new GrowthContributors.Expiry(NOW.plus(Duration.ofHours(6)), 4 * GIB),
					new GrowthContributors.Expiry(NOW.plus(Duration.ofHours(30)), 6 * GIB)),
			Duration.ofHours(24), 8 * GIB, 2 * GIB);

	private static final ConsoleLinks NO_CONSOLE = new ConsoleLinks(null);

	private final CapacityText zh = text(Language.ZH, NO_CONSOLE);

	private final CapacityText en = text(Language.EN, NO_CONSOLE);

	private static CapacityText text(Language language, ConsoleLinks console) {
		return new CapacityText(TestWecom.DIALECT, language, ZONE, console);
	}

	@ParameterizedTest
	@EnumSource
	void anEarlyWarningSaysHowFullWhenWhyAndWhatHelps(Language language) {
		check("capacity-early", language, early(language));
	}

	@ParameterizedTest
	@EnumSource
	void aBadMorning(Language language) {
		check("capacity-several", language,
				one(text(language, NO_CONSOLE).pages(List.of(reading("calm", 3 * GIB, CapacityLevel.CALM),
						reading("soon", 30 * GIB, CapacityLevel.EARLY), reading("high", 42 * GIB, CapacityLevel.HIGH),
						reading("critical", 49 * GIB, CapacityLevel.CRITICAL)),
						Map.of("high", new GrowthContributors("high", Duration.ZERO, List.of(), List.of(),
								Duration.ofMinutes(90), 0, 0)),
						null, 0.8)));
	}

	@Test
	void aVolumeLeadsToItsPageInTheConsole() {
		CapacityText text = text(Language.EN, new ConsoleLinks(URI.create("https://dumps.example")));
		assertThat(one(text.pages(List.of(reading("a)b](c", 30 * GIB, CapacityLevel.EARLY)), Map.of(), null, 0.8)))
			.contains(" · [details](https://dumps.example/console/volume?name=a%29b%5D%28c)\n");
	}

	@ParameterizedTest
	@EnumSource
	void theEndIsShort(Language language) {
		check("capacity-over", language, over(language));
	}

	@Test
	void theDocumentShowsWhatIsSent() {
		String document = Golden.read(MessagesDocumentTests.DOCUMENT);
		String updated = document;
		for (Language language : Language.values()) {
			updated = MessagesDocumentTests.replace(updated, "capacity", language, early(language));
		}
		updated = MessagesDocumentTests.replace(updated, "capacity-over", Language.ZH, over(Language.ZH));
		Golden.check(MessagesDocumentTests.DOCUMENT, document, updated);
	}

	@Test
	void aHostileNameMentionsNobodyAndLinksNowhere() {
		String hostile = "`<@all>[x](http://evil)\n## x";
		GrowthContributors contributors = new GrowthContributors(hostile, Duration.ofDays(3),
				List.of(new GrowthContributors.Workload(hostile, hostile, 1, GIB)), List.of(), Duration.ofHours(1), 0,
				0);
		String page = one(this.en.pages(List.of(reading(hostile, GIB, CapacityLevel.HIGH)),
				Map.of(hostile, contributors), null, 0.8));
		assertThat(page).doesNotContain("<@all>", "](", "http://", "\n## x").contains("added in the last 3 days");
	}

	@Test
	void manyVolumesAreReportedShorterAndShorter() {
		List<String> pages = this.zh.pages(
				Collections.nCopies(5000, reading("\u5377".repeat(255), GIB, CapacityLevel.HIGH)), Map.of(), null, 0.8);
		assertThat(pages).hasSizeBetween(2, 6)
			.allMatch((page) -> page.getBytes(StandardCharsets.UTF_8).length <= TestWecom.DIALECT.pageBytes());
		assertThat(pages.get(0)).startsWith("## 存储容量（第 1/");
		assertThat(pages.get(pages.size() - 1)).endsWith("另有 4,940 个存储卷，见运行报告");
	}

	@Test
	void theMostPressingComesFirst() {
		String page = one(this.en.pages(List.of(reading("a", 30 * GIB, CapacityLevel.EARLY),
				reading("b", 31 * GIB, CapacityLevel.EARLY), reading("c", 48 * GIB, CapacityLevel.CRITICAL)), Map.of(),
				null, 0.8));
		assertThat(page).containsSubsequence("`c`", "`b`", "`a`");
	}

	@Test
	void anEarlyWarningSaysHowLikelyItIs() {
		CapacityReading early = reading("jfsdata", 30 * GIB, CapacityLevel.EARLY);
		Instant crossing = NOW.plus(Duration.ofHours(30));
		CapacityReading likely = with(early, new Outlook(41 * GIB, 44 * GIB, crossing, crossing, false));
		CapacityReading possible = with(early, new Outlook(31 * GIB, 44 * GIB, null, crossing, false));
		CapacityReading easing = with(early, new Outlook(31 * GIB, 35 * GIB, null, null, false));
		assertThat(one(this.en.pages(List.of(easing, possible, likely), Map.of(), null, 0.8)))
			.containsSubsequence(">soon<", ">possible<", ">easing<", "no longer reaches 80% within the forecast");
		assertThat(one(this.zh.pages(List.of(easing, possible, likely), Map.of(), null, 0.8)))
			.containsSubsequence("即将超限", "可能超限", "正在缓解", "预测期内不会再达到 80%");
	}

	@Test
	void theTrashIsDistinguishedWhereThereIsMuchOfIt() {
		List<CapacityReading> readings = List.of(reading("a", 45 * GIB, CapacityLevel.HIGH));
		FileSystemSpace space = new FileSystemSpace(CapacitySource.METADATA, 100 * GIB, null, 12 * GIB, 1, null);
		assertThat(one(this.en.pages(readings, Map.of(), space, 0.8))).endsWith(
				"the file system: 100.0 GiB used, 12.0 GiB of it only in the trash (outside every PVC's quota; emptying the trash frees the disk)");
		assertThat(one(this.zh.pages(readings, Map.of(), space, 0.8)))
			.endsWith("整个文件系统：已用 100.0 GiB，其中 12.0 GiB 只在回收站中（不计入 PVC 配额，清空回收站后才释放磁盘空间）");
		FileSystemSpace little = new FileSystemSpace(CapacitySource.METADATA, 100 * GIB, null, 4 * GIB, 1, null);
		assertThat(one(this.en.pages(readings, Map.of(), little, 0.8))).doesNotContain("trash");
	}

	@Test
	void whatRestsOnADayIsNoReasonForALargerVolume() {
		Outlook rough = new Outlook(180 * GIB, 588 * GIB, NOW.plusSeconds(3600), NOW.plusSeconds(1800), true);
		CapacityReading calm = reading("jfsdata", 30 * GIB, CapacityLevel.EARLY);
		CapacityReading full = reading("jfsdata", 48 * GIB, CapacityLevel.CRITICAL);
		assertThat(one(this.en.pages(List.of(with(calm, rough)), Map.of(), null, 0.8)))
			.contains("less than 3 days of history: a rough forecast")
			.doesNotContain("a PVC of");
		assertThat(one(this.en.pages(List.of(with(full, rough)), Map.of(), null, 0.8))).contains("a PVC of 60Gi");
	}

	@Test
	void nothingToReportIsNoPage() {
		assertThat(this.zh.pages(List.of(), Map.of(), null, 0.8)).isEmpty();
	}

	private static String early(Language language) {
		return one(text(language, NO_CONSOLE).pages(List.of(reading("jfsdata", 30 * GIB, CapacityLevel.EARLY)),
				Map.of("jfsdata", DRIVERS), null, 0.8));
	}

	private static String over(Language language) {
		return one(text(language, NO_CONSOLE).pages(List.of(reading("jfsdata", 3 * GIB, CapacityLevel.CALM)), Map.of(),
				null, 0.8));
	}

	private static String one(List<String> pages) {
		assertThat(pages).hasSize(1);
		return pages.get(0);
	}

	private static void check(String name, Language language, String text) {
		Golden.check(name + "-" + language.name().toLowerCase(Locale.ROOT), text);
	}

	private static CapacityReading with(CapacityReading reading, Outlook outlook) {
		return new CapacityReading(reading.capacity(), reading.readAt(), outlook, reading.level(),
				reading.transition());
	}

	private static CapacityReading reading(String volume, long used, CapacityLevel level) {
		return new CapacityReading(
				new VolumeCapacity(volume, used, CapacitySource.METADATA, used, 50 * GIB, CapacitySource.METADATA), NOW,
				new Outlook(39 * GIB, 44 * GIB, null, NOW.plusSeconds(48 * 3600), false), level, "BEGIN");
	}

}
