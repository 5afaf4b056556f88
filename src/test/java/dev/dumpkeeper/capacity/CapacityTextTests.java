package dev.dumpkeeper.capacity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.wecom.Language;
import dev.dumpkeeper.wecom.OutboundMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CapacityText}.
 */
class CapacityTextTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final long GIB = 1L << 30;

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	private final CapacityText zh = new CapacityText(Language.ZH, ZONE);

	private final CapacityText en = new CapacityText(Language.EN, ZONE);

	@Test
	void anEarlyWarningSaysHowFullWhenAndWhatHelps() {
		List<CapacityReading> readings = List.of(reading("jfsdata", 30 * GIB, CapacityLevel.EARLY));
		assertThat(this.en.pages(readings, 0.8)).containsExactly("""
				## Capacity

				<font color="comment">soon</font> `jfsdata`
				used 30.0 GiB / 50.0 GiB (60%)
				forecast peak: likely 39.0 GiB (78%), at worst (9 of 10) 44.0 GiB (88%)
				reaches 80 %: likely not within the forecast, earliest 11-27 08:00
				what helps: a shorter retention, or a PVC of 55Gi""");
		assertThat(this.zh.pages(readings, 0.8)).containsExactly("""
				## 存储容量

				<font color="comment">即将超限</font> `jfsdata`
				已用 30.0 GiB / 50.0 GiB (60%)
				预测峰值:一般 39.0 GiB (78%),不利 44.0 GiB (88%)
				达到 80%:一般 预测期内不会,最早 11-27 08:00
				建议:缩短保留期,或将 PVC 扩容到 55Gi""");
	}

	@Test
	void theEndIsShort() {
		assertThat(this.en.pages(List.of(reading("jfsdata", 3 * GIB, CapacityLevel.CALM)), 0.8)).containsExactly("""
				## Capacity

				<font color="info">over</font> `jfsdata`
				used 3.0 GiB / 50.0 GiB (6%)""");
	}

	@Test
	void aHostileNameMentionsNobodyAndLinksNowhere() {
		String page = this.en.pages(List.of(reading("`<@all>[x](http://evil)", GIB, CapacityLevel.HIGH)), 0.8).get(0);
		assertThat(page).doesNotContain("<@all>", "](", "http://");
	}

	@Test
	void manyVolumesFitIntoPages() {
		List<String> pages = this.zh.pages(Collections.nCopies(500, reading("卷".repeat(255), GIB, CapacityLevel.HIGH)),
				0.8);
		assertThat(pages).hasSizeGreaterThan(1)
			.allMatch((page) -> page.getBytes(StandardCharsets.UTF_8).length <= OutboundMessage.MAX_PAGE_BYTES);
	}

	@Test
	void nothingToTellIsNoPage() {
		assertThat(this.zh.pages(List.of(), 0.8)).isEmpty();
	}

	private static CapacityReading reading(String volume, long used, CapacityLevel level) {
		return new CapacityReading(
				new VolumeCapacity(volume, used, CapacitySource.METADATA, used, 50 * GIB, CapacitySource.METADATA), NOW,
				new Outlook(39 * GIB, 44 * GIB, null, NOW.plusSeconds(48 * 3600), false), level, "BEGIN");
	}

}
