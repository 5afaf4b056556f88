package dev.dumpkeeper.digest;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.convert.DurationStyle;

import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.ledger.DumpOrigin;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.notify.wecom.TestWecom;
import dev.dumpkeeper.text.Messages;

import static dev.dumpkeeper.digest.Groups.NOW;
import static dev.dumpkeeper.digest.Groups.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DigestLayout}.
 */
class DigestLayoutTests {

	/** Bytes of a usual presigned address. */
	private static final int LINK_BYTES = 330;

	private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

	private static final List<DumpState> REPORTED = Stream
		.concat(Stream.of(DumpState.COMPLETE), DigestWords.EXPLAINED.stream())
		.toList();

	private static final ToIntFunction<UnnotifiedDump> USUAL = (dump) -> LINK_BYTES;

	@ParameterizedTest
	@EnumSource
	void anOrdinaryDigest(Language language) {
		check("digest-ordinary", language, ordinary());
	}

	static String ordinaryText(Language language) {
		return pages(language, ordinary(), USUAL).get(0).text();
	}

	private static List<DigestGroup> ordinary() {
		return List.of(
				aWorkload("prod", "shop").withDumps(12)
					.over(Duration.ofHours(19))
					.broken(DumpState.TRUNCATED, 1)
					.broken(DumpState.EMPTY, 2)
					.newest(DumpState.COMPLETE, DumpState.TRUNCATED)
					.diedAt("com.acme.shop.Cart.addAll(Cart.java:142)")
					.ofProject("com.acme.shop")
					.number(1),
				aWorkload("prod", "billing").last(Duration.ofHours(5))
					.broken(DumpState.FAILED, 1)
					.newest(DumpState.FAILED)
					.number(2),
				aWorkload("", "").last(Duration.ofDays(400))
					.inPod("")
					.underKey("dumpfiles/old/java_pid1.hprof")
					.in("dumpfiles/old")
					.number(3));
	}

	@ParameterizedTest
	@EnumSource
	void whoHoldsTheHeapIsReportedInsteadOfItsBiggestClass(Language language) {
		List<DigestPage> pages = check("digest-holders", language,
				List.of(heldBy(1, Holders.Kind.STATIC_FIELD, "com.acme.OrderCache.INSTANCE", 995),
						heldBy(2, Holders.Kind.LOCAL_VARIABLE, "com.acme.Import.run", 998),
						heldBy(3, Holders.Kind.LOCAL_VARIABLE, "", 998),
						heldBy(4, Holders.Kind.OBJECT, "com.acme.Worker", 70),
						heldBy(5, Holders.Kind.GROUP, "com.acme.Session", 990),
						heldBy(6, Holders.Kind.SOFT_REFERENCES, "", 400), heldBy(7, Holders.Kind.FINALIZATION, "", 123),
						heldBy(8, Holders.Kind.STATIC_FIELD, "com.acme.Sessions.ALL", 712, 400),
						heldBy(9, Holders.Kind.STATIC_FIELD, "com.acme.Steady.CACHE", 712, 703)));
		assertThat(pages).extracting(DigestPage::text).noneMatch((text) -> text.contains("byte[]"));
	}

	private static DigestGroup heldBy(int number, Holders.Kind kind, String name, int permille) {
		return heldBy(number, kind, name, permille, null);
	}

	private static DigestGroup heldBy(int number, Holders.Kind kind, String name, int permille, Integer earlier) {
		return aWorkload("prod", "shop-" + number).diedAt("com.acme.Store.read(Store.java:" + number + ")")
			.withHeapHeldBy(kind, name, permille, earlier)
			.number(number);
	}

	@ParameterizedTest
	@EnumSource
	void aDigestOfSeveralPages(Language language) {
		check("digest-several-pages", language, workloads(12, 4));
	}

	@ParameterizedTest
	@EnumSource
	void whatIsTooMuchForThreeNamesHasOne(Language language) {
		check("digest-newest-only", language, workloads(25, 4));
	}

	@ParameterizedTest
	@EnumSource
	void whatIsTooMuchForNamesHasTheTopFrame(Language language) {
		check("digest-top-frames", language, workloads(60, 4));
	}

	@ParameterizedTest
	@EnumSource
	void whatIsTooMuchForFramesHasALineForEach(Language language) {
		check("digest-lines", language, workloads(160, 4));
	}

	@ParameterizedTest
	@EnumSource
	void twentyThousandForgottenDumpsAreReportedInFivePages(Language language) {
		List<DigestGroup> groups = workloads(300, 66);
		List<DigestPage> pages = check("digest-first-run", language, groups);
		assertThat(pages).hasSizeLessThanOrEqualTo(5);
		assertThat(reported(pages)).hasSize(300);
	}

	@ParameterizedTest
	@EnumSource
	void alsoWithTheLongestNamesAndAllBroken(Language language) {
		List<DigestGroup> groups = IntStream.range(0, 300)
			.mapToObj((i) -> aWorkload("production-" + i % 3, "w".repeat(60) + i).withDumps(67)
				.broken(DumpState.EMPTY, 60)
				.last(Duration.ofHours(i))
				.number(i))
			.toList();
		List<DigestPage> pages = pages(language, groups, USUAL);
		assertSound(groups, pages, USUAL);
		assertThat(reported(pages)).hasSize(300);
	}

	@ParameterizedTest
	@EnumSource
	void hostileNamesAreShownAndDoNotAct(Language language) {
		String all = Hostile.everything();
		check("digest-hostile", language,
				List.of(aWorkload("<@all>", "x](https://evil.example)\n# shop").inPod("`@all` {{dump:1}}")
					.diedAt("com.acme.Shop.<init>(Shop.java:7)")
					.newest(DumpState.NOT_A_DUMP)
					.broken(DumpState.NOT_A_DUMP, 1)
					.number(1),
						aWorkload(all, all).inPod(all).diedAt(all).underKey(all).ofProject(all).withDumps(5).number(2),
						aWorkload("", "").inPod("")
							.in("dumpfiles/" + all)
							.underKey("dumpfiles/" + all + "/" + all)
							.withDumps(5)
							.number(3)));
	}

	@Test
	void whatHasNoRoomWaitsForTheNextDigestAndTheLastPageSaysHowMuch() {
		List<DigestGroup> groups = workloads(3000, 7);
		List<DigestPage> pages = pages(Language.EN, groups, USUAL);
		assertSound(groups, pages, USUAL);
		int reported = reported(pages).size();
		assertThat(reported).isBetween(300, 2999);
		assertThat(pages).hasSize(5);
		assertThat(pages.get(4).text()).endsWith("**In the next digest: %s of %s workloads**".formatted(
				String.format(Locale.ROOT, "%,d more dumps", 7 * (3000 - reported)),
				String.format(Locale.ROOT, "%,d", 3000 - reported)));
		assertThat(pages.get(3).text()).doesNotContain("In the next digest");
	}

	@Test
	void aWorkloadForEachOfTwentyThousandDumpsIsNoTrouble() {
		List<DigestGroup> groups = workloads(20_000, 1);
		List<DigestPage> pages = pages(Language.ZH, groups, USUAL);
		assertSound(groups, pages, USUAL);
		assertThat(reported(pages)).hasSizeGreaterThan(300);
	}

	@Test
	void theNewestWorkloadsAreReportedBeforeThoseThatWait() {
		List<DigestGroup> groups = workloads(3000, 7);
		Set<Integer> reported = reported(pages(Language.EN, groups, USUAL));
		assertThat(reported).containsExactlyInAnyOrderElementsOf(IntStream.range(0, reported.size()).boxed().toList());
	}

	@Test
	void nothingToReportHasNoPage() {
		assertThat(pages(Language.ZH, List.of(), USUAL)).isEmpty();
	}

	@Test
	void theOrderOfTheGroupsMakesNoDifference() {
		List<DigestGroup> groups = new ArrayList<>(workloads(100, 3));
		List<DigestPage> pages = pages(Language.ZH, groups, USUAL);
		Collections.shuffle(groups, new Random(1));
		assertThat(pages(Language.ZH, groups, USUAL)).isEqualTo(pages);
	}

	@Test
	void theNewestWorkloadStandsFirst() {
		List<DigestPage> pages = pages(Language.EN,
				List.of(aWorkload("a", "old").last(Duration.ofDays(9)).number(1),
						aWorkload("b", "new").last(Duration.ofHours(1)).number(2),
						aWorkload("c", "middle").last(Duration.ofDays(2)).number(3)),
				USUAL);
		assertThat(pages).singleElement().extracting(DigestPage::groups).isEqualTo(List.of(2, 3, 1));
	}

	@Test
	void aPageMayHaveExactlyTheLimit() {
		List<DigestGroup> groups = List.of(aWorkload("prod", "shop").number(1), aWorkload("prod", "cart").number(2));
		ToIntFunction<UnnotifiedDump> small = (dump) -> 100;
		int bytes = filledBytes(pages(Language.ZH, groups, small).get(0), groups, small);
		int room = TestWecom.DIALECT.pageBytes() - bytes;
		ToIntFunction<UnnotifiedDump> exact = (dump) -> (dump.id() == 10) ? 100 + room : 100;
		List<DigestPage> pages = pages(Language.ZH, groups, exact);
		assertThat(pages).singleElement()
			.satisfies((page) -> assertThat(filledBytes(page, groups, exact)).isEqualTo(TestWecom.DIALECT.pageBytes()));

		ToIntFunction<UnnotifiedDump> oneMore = (dump) -> (dump.id() == 10) ? 101 + room : 100;
		assertThat(pages(Language.ZH, groups, oneMore)).hasSize(2)
			.allSatisfy((page) -> assertThat(Pages.links(page.text())).isOne());
	}

	@Test
	void aLinkThatFillsAPageExactlyIsThereAndOneByteMoreIsNot() {
		List<DigestGroup> groups = List.of(aWorkload("prod", "shop").number(1));
		int room = TestWecom.DIALECT.pageBytes()
				- filledBytes(pages(Language.EN, groups, (dump) -> 0).get(0), groups, (dump) -> 0);
		assertThat(pages(Language.EN, groups, (dump) -> room).get(0).text()).contains("({{dump:10}})");
		assertThat(pages(Language.EN, groups, (dump) -> Integer.MAX_VALUE).get(0).text()).doesNotContain("{{dump:");
		assertThat(pages(Language.EN, groups, (dump) -> room + 1).get(0).text()).doesNotContain("{{dump:")
			.contains("`shop-7d9f8c6b5d-x2x4a`", "link too long, see `jfsdata/dumpfiles/shop-7d9f8c6b5d-x2x4a.hprof`");
	}

	@Test
	void oneLinkWithoutRoomCostsTheOtherDumpsNothing() {
		List<DigestGroup> groups = List.of(aWorkload("prod", "shop").withDumps(3).number(1));
		String text = pages(Language.EN, groups, (dump) -> (dump.id() == 11) ? 5000 : 330).get(0).text();
		assertThat(text).contains("{{dump:10}}", "x2x4b", "{{dump:12}}").doesNotContain("{{dump:11}}");
	}

	@Test
	void whenThreeLinksHaveNoRoomTheNewestTwoAreNamed() {
		List<DigestGroup> groups = List.of(aWorkload("prod", "shop").withDumps(9).number(1));
		String text = pages(Language.EN, groups, (dump) -> 1500).get(0).text();
		assertThat(text).contains("{{dump:10}}", "{{dump:11}}", "+7 more").doesNotContain("{{dump:12}}", "x2x4c");
	}

	@Test
	void aDumpThatWasNeverWrittenHasNoLink() {
		List<DigestGroup> groups = List
			.of(aWorkload("prod", "shop").newest(DumpState.FAILED).broken(DumpState.FAILED, 1).number(1));
		assertThat(pages(Language.EN, groups, USUAL).get(0).text())
			.contains("`shop-7d9f8c6b5d-x2x4a`", "failed: the JVM reported that it could not write the dump")
			.doesNotContain("{{dump:", "link too long");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "COMPLETE", "WRITING", "ORPHANED_RECEIPT" })
	void aPageExplainsOnceWhatBrokenMeans(DumpState state) {
		List<DigestGroup> groups = List.of(aWorkload("a", "b").newest(state).broken(state, 1).number(1),
				aWorkload("c", "d").newest(state).broken(state, 1).number(2));
		Messages messages = new Messages(DigestLayout.class, Locale.ENGLISH);
		String text = pages(Language.EN, groups, USUAL).get(0).text();
		assertThat(text).containsOnlyOnce(messages.text("meaning." + state));
		for (DumpState other : DigestWords.EXPLAINED) {
			if (other != state) {
				assertThat(text).doesNotContain(messages.text("meaning." + other));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "7d, Links work for 7 days after this message, 下载链接自本消息发出起 7 天内有效",
			"24h, Links work for 1 day after this message, 下载链接自本消息发出起 1 天内有效",
			"36h, Links work for 36 hours after this message, 下载链接自本消息发出起 36 小时内有效",
			"90m, Links work for 90 minutes after this message, 下载链接自本消息发出起 90 分钟内有效",
			", Links work as long as the dump exists, 堆转储被删除前，下载链接一直有效" })
	void aPageWithLinksSaysHowLongTheyWork(@Nullable String validity, String english, String chinese) {
		Duration time = (validity != null) ? DurationStyle.detectAndParse(validity) : null;
		List<DigestGroup> groups = List.of(aWorkload("prod", "shop").number(1));
		assertThat(pages(Language.EN, groups, USUAL, time).get(0).text()).containsOnlyOnce(english);
		assertThat(pages(Language.ZH, groups, USUAL, time).get(0).text()).containsOnlyOnce(chinese);
		List<DigestGroup> failed = List
			.of(aWorkload("prod", "shop").newest(DumpState.FAILED).broken(DumpState.FAILED, 1).number(1));
		assertThat(pages(Language.EN, failed, USUAL, time).get(0).text()).doesNotContain("Links work");
	}

	@Test
	void whatIsOnlyCountedIsSaidToLieSomewhere() {
		String named = pages(Language.EN, List.of(aWorkload("prod", "shop").withDumps(3).number(1)), USUAL).get(0)
			.text();
		assertThat(named).doesNotContain("not listed");
		List<DigestGroup> more = List.of(aWorkload("prod", "shop").withDumps(4).in("dumpfiles/shop").number(1),
				aWorkload("prod", "cart").withDumps(4).in("dumpfiles/cart").number(2),
				aWorkload("prod", "mail").withDumps(1).in("other").number(3));
		assertThat(pages(Language.EN, more, USUAL).get(0).text())
			.containsOnlyOnce("Dumps not listed here are in `jfsdata/dumpfiles`\n");
		for (int count : new int[] { 25, 60, 160, 300 }) {
			assertThat(pages(Language.EN, workloads(count, 4), USUAL)).as("%d workloads", count)
				.allSatisfy((page) -> assertThat(page.text())
					.containsOnlyOnce("Dumps not listed here are in `jfsdata/dumpfiles`"));
		}
	}

	@Test
	void workloadsOfManyVolumesTakeThePagesThatTheirPlacesNeed() {
		List<DigestGroup> groups = IntStream.range(0, 400)
			.mapToObj((i) -> Groups.counted(i, "prod", "w" + i, "volume-of-a-tenant-" + i, "dumpfiles", 2, NOW))
			.toList();
		List<DigestPage> pages = pages(Language.EN, groups, USUAL);
		assertSound(groups, pages, USUAL);
		pages.forEach((page) -> page.groups()
			.forEach((group) -> assertThat(page.text()).contains("`volume-of-a-tenant-" + group + "/dumpfiles`")));
	}

	@Test
	void theDirectoryStandsForAWorkloadThatNobodyKnows() {
		List<DigestGroup> groups = List.of(aWorkload("", "").inPod("").in("dumpfiles/2026-11-25").number(1),
				aWorkload("", "").inPod("").in("dumpfiles/2026-11-26").number(2));
		String text = pages(Language.EN, groups, USUAL).get(0).text();
		assertThat(text).contains("unknown environment / unknown workload `jfsdata/dumpfiles/2026-11-25` **1 dump**",
				"unknown environment / unknown workload `jfsdata/dumpfiles/2026-11-26` **1 dump**");
	}

	@Test
	void filesOfOneNameAreShownWithTheirDirectories() {
		List<DigestGroup> alike = List
			.of(aWorkload("prod", "shop").withDumps(2).inPod("").underKey("dumpfiles/a/java_pid1.hprof").number(1));
		assertThat(pages(Language.EN, alike, USUAL).get(0).text()).contains("> `a/java_pid1.hprof` · ");
		List<DigestGroup> alone = List
			.of(aWorkload("prod", "shop").inPod("").underKey("dumpfiles/a/java_pid1.hprof").number(1));
		assertThat(pages(Language.EN, alone, USUAL).get(0).text()).contains("> `java_pid1.hprof` · ");
	}

	@Test
	void aTimeInTheFutureIsShownAsThat() {
		List<DigestGroup> groups = List
			.of(aWorkload("prod", "shop").datedAt(Instant.parse("2106-02-07T06:28:15Z")).number(1));
		assertThat(pages(Language.EN, groups, USUAL).get(0).text())
			.contains("11-25 08:40 · <font color=\"warning\">file time 2106-02-07 14:28 is in the future</font> · ");
	}

	@Test
	void aHolderIsReportedThatTheFileWasWrittenAgain() {
		List<DigestGroup> groups = List.of(aWorkload("prod", "shop").heldBy("ann<@all>").number(1));
		assertThat(pages(Language.EN, groups, USUAL).get(0).text())
			.contains("held by `ann\uFF1C\uFF20all\uFF1E`, overwritten since; the hold still applies");
		assertThat(pages(Language.ZH, groups, USUAL).get(0).text()).contains("保留，之后文件被改写，保留仍然有效");
	}

	@Test
	void aTimeOfAnotherYearSaysSo() {
		List<DigestGroup> groups = List
			.of(aWorkload("prod", "shop").withDumps(2).last(Duration.ofDays(320)).over(Duration.ofDays(30)).number(1));
		assertThat(pages(Language.EN, groups, USUAL).get(0).text()).contains("2025-12-10 09:00 – 01-09 09:00");
	}

	@Test
	void anInstantBeyondAnyCalendarIsShownSomehow() {
		DigestGroup group = new DigestGroup(1,
				new UnnotifiedGroup("a", "b", "v", "", "d", 1, 1, Instant.MIN, Instant.MAX, Map.of(), 1, List.of()),
				List.of(new UnnotifiedDump(1, "v", "k", Long.MAX_VALUE, Instant.MAX, DumpState.COMPLETE,
						new DumpOrigin("a", "b", "p"), "", null, Instant.MAX, null)),
				null);
		assertThat(pages(Language.EN, List.of(group), USUAL).get(0).text()).contains("0001-01-02", "9999-12-30");
	}

	@Test
	void whateverTheNamesAreEveryPageIsSound() {
		for (int seed = 0; seed < 120; seed++) {
			Random random = new Random(seed);
			int count = 1 + random.nextInt((seed % 10 == 0) ? 1500 : 60);
			List<DigestGroup> groups = IntStream.range(0, count).mapToObj((i) -> random(i, random)).toList();
			int usual = random.nextInt(900);
			ToIntFunction<UnnotifiedDump> linkBytes = (dump) -> (dump.id() % 17 == 0) ? usual * 5 : usual;
			Language language = Language.values()[seed % 2];
			List<DigestPage> pages = pages(language, groups, linkBytes);
			assertSound(groups, pages, linkBytes);
			assertThat(pages).as("seed " + seed).isNotEmpty();
		}
	}

	private static DigestGroup random(int number, Random random) {
		List<UnnotifiedDump> newest = new ArrayList<>();
		long dumps = 1 + random.nextInt(200);
		DumpState[] states = REPORTED.toArray(DumpState[]::new);
		Map<DumpState, Long> counts = new EnumMap<>(DumpState.class);
		for (int i = 0; i < Math.min(dumps, random.nextInt(4)); i++) {
			DumpState state = states[random.nextInt(states.length)];
			counts.merge(state, 1L, Long::sum);
			newest.add(new UnnotifiedDump(4L * number + i, Hostile.name(random), Hostile.name(random),
					random.nextLong() >>> 1 >>> random.nextInt(60), NOW.minusSeconds(random.nextInt(100_000_000)),
					state, new DumpOrigin("", "", Hostile.name(random)),
					random.nextBoolean() ? Hostile.name(random) : "",
					random.nextBoolean() ? Groups.cause(random) : null, random.nextBoolean() ? Instant.MAX : null,
					random.nextBoolean() ? Hostile.name(random) : null));
		}
		Instant last = NOW.minusSeconds(random.nextInt(1_000_000));
		UnnotifiedGroup group = new UnnotifiedGroup(Hostile.name(random),
				random.nextBoolean() ? Hostile.name(random) : "", Hostile.name(random), "", Hostile.name(random), dumps,
				random.nextLong() >>> 10 >>> random.nextInt(50), last.minusSeconds(random.nextInt(100_000_000)), last,
				counts, 1, List.of());
		return new DigestGroup(number, group, newest, random.nextBoolean() ? Groups.statistics(random) : null);
	}

	private static void assertSound(List<DigestGroup> groups, List<DigestPage> pages,
			ToIntFunction<UnnotifiedDump> linkBytes) {
		assertThat(pages).hasSizeLessThanOrEqualTo(5);
		for (int i = 0; i < pages.size(); i++) {
			DigestPage page = pages.get(i);
			Pages.assertHarmless(Pages.filled(page.text(), groups, linkBytes), page.text());
			assertThat(page.groups()).isNotEmpty();
			assertThat(page.text().lines().findFirst().orElseThrow()).contains("12", (i + 1) + "/" + pages.size());
		}
		List<Integer> reported = pages.stream().flatMap((page) -> page.groups().stream()).toList();
		assertThat(reported).doesNotHaveDuplicates();
		assertThat(groups.stream().map(DigestGroup::number)).containsAll(reported);
		if (reported.size() < groups.size()) {
			assertThat(pages.get(pages.size() - 1).text()).containsPattern("(In the next digest|下一期汇总)[^\n]*$");
		}
	}

	private static int filledBytes(DigestPage page, List<DigestGroup> groups, ToIntFunction<UnnotifiedDump> linkBytes) {
		return Pages.utf8(Pages.filled(page.text(), groups, linkBytes)).length;
	}

	private static Set<Integer> reported(List<DigestPage> pages) {
		return pages.stream().flatMap((page) -> page.groups().stream()).collect(Collectors.toCollection(HashSet::new));
	}

	private static List<DigestPage> check(String golden, Language language, List<DigestGroup> groups) {
		List<DigestPage> pages = pages(language, groups, USUAL);
		assertSound(groups, pages, USUAL);
		Golden.check(golden + "-" + language.name().toLowerCase(Locale.ROOT),
				pages.stream()
					.map(DigestPage::text)
					.collect(Collectors.joining("\n\n=== next message ===\n\n", "", "\n")));
		return pages;
	}

	private static List<DigestPage> pages(Language language, List<DigestGroup> groups,
			ToIntFunction<UnnotifiedDump> linkBytes) {
		return pages(language, groups, linkBytes, Duration.ofDays(7));
	}

	private static List<DigestPage> pages(Language language, List<DigestGroup> groups,
			ToIntFunction<UnnotifiedDump> linkBytes, @Nullable Duration linksWorkFor) {
		return pages(language, groups, linkBytes, linksWorkFor, new ConsoleLinks(null));
	}

	private static List<DigestPage> pages(Language language, List<DigestGroup> groups,
			ToIntFunction<UnnotifiedDump> linkBytes, @Nullable Duration linksWorkFor, ConsoleLinks console) {
		return new DigestLayout(TestWecom.DIALECT, new Messages(DigestLayout.class, language.locale()),
				new Times(SHANGHAI), linksWorkFor, 12, NOW, groups, linkBytes, console)
			.pages();
	}

	@Test
	void aNamedDumpLeadsToItsPageInTheConsole() {
		DigestGroup group = aWorkload("prod", "shop").withDumps(2).number(0);
		long dump = group.newest().get(0).id();
		ConsoleLinks console = new ConsoleLinks(URI.create("https://dumps.example/"));
		assertThat(pages(Language.EN, List.of(group), USUAL, null, console)).singleElement()
			.extracting(DigestPage::text)
			.asString()
			.contains(" · [details](https://dumps.example/console/dumps/" + dump + ")\n");
		List<DigestGroup> many = workloads(60, 3);
		assertSound(many, pages(Language.ZH, many, USUAL, null, console), USUAL);
		assertThat(pages(Language.EN, List.of(group), USUAL, null).get(0).text()).doesNotContain("/console");
	}

	private static List<DigestGroup> workloads(int count, long dumps) {
		List<String> environments = List.of("prod", "staging", "test", "dev", "perf");
		List<String> names = List.of("shop", "cart-service", "billing", "order-history", "mail", "search-indexer");
		return IntStream.range(0, count)
			.mapToObj((i) -> aWorkload(environments.get(i % 5), names.get(i % 6) + ((i < 6) ? "" : "-" + i / 6))
				.withDumps(dumps)
				.last(Duration.ofHours(2L * i))
				.over(Duration.ofDays(30))
				.diedAt("com.acme.Store.read(Store.java:" + (100 + i) + ")")
				.broken(DumpState.EMPTY, (i % 7 == 0) ? 2 : 0)
				.number(i))
			.toList();
	}

}
