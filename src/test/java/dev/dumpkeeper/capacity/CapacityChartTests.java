package dev.dumpkeeper.capacity;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.capacity.forecast.Forecast;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.notify.Picture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CapacityChart}. The pictures are in {@code target/charts}, to be
 * viewed.
 */
class CapacityChartTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final long GIB = 1L << 30;

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	@ParameterizedTest
	@EnumSource
	void aChartIsASmallPicture(Language language) throws IOException {
		Picture picture = new CapacityChart(language, ZONE).draw(facts("jfsdata", 60 * 4, 72));
		assertThat(picture.png()).hasSizeBetween(5_000, 150_000);
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
		assertThat(image.getWidth()).isEqualTo(900);
		assertThat(colours(image)).contains(0x1F4E79, 0xD9822B, 0xC23030, 0x29A634);
		Path directory = Files.createDirectories(Path.of("target/charts"));
		Files.write(directory.resolve("capacity-" + language.name().toLowerCase(java.util.Locale.ROOT) + ".png"),
				picture.png());
	}

	@Test
	void whatIsAboveTheCapacityIsDrawnToo() throws IOException {
		CapacityChart.Facts facts = facts("full", 60 * 4, 72);
		Picture picture = new CapacityChart(Language.EN, ZONE).draw(new CapacityChart.Facts(facts.volume(), facts.now(),
				facts.usedBytes(), facts.history(), facts.forecast(), 20 * GIB, facts.threshold(), facts.expiries()));
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
		Files.write(Files.createDirectories(Path.of("target/charts")).resolve("capacity-full.png"), picture.png());
		// Above the legend, which has its colour too.
		assertThat(pixels(image.getSubimage(0, 0, image.getWidth(), image.getHeight() * 4 / 5), 0xD9822B))
			.isGreaterThan(20);
	}

	@Test
	void sixtyDaysOfPassesByTheMinuteStaySmall() {
		assertThat(new CapacityChart(Language.EN, ZONE).draw(facts("x", 60 * 1440, 720)).png())
			.hasSizeLessThan(150_000);
	}

	@Test
	void withoutAPastThereIsAFuture() {
		assertThat(new CapacityChart(Language.ZH, ZONE).draw(facts("卷".repeat(255) + "\n\u202E😀", 0, 1)).png())
			.isNotEmpty();
	}

	@Test
	void aMachineWithoutFontsSaysSo(@TempDir Path home) throws IOException, InterruptedException {
		Path fonts = Files.writeString(home.resolve("fonts.conf"), """
				<?xml version="1.0"?>
				<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
				<fontconfig></fontconfig>
				""");
		// In its own home it finds no fonts that an earlier JVM has found.
		ProcessBuilder child = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
				"-Djava.awt.headless=true", "-Duser.home=" + home, "-cp", System.getProperty("java.class.path"),
				Undrawable.class.getName())
			.redirectErrorStream(true);
		child.environment().put("FONTCONFIG_FILE", fonts.toString());
		Process process = child.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains("no chart could be drawn (", "it needs fontconfig and a font");
	}

	/** What a JVM of its own does. */
	static final class Undrawable {

		public static void main(String[] args) {
			try {
				new CapacityChart(Language.EN, ZONE).draw(facts("x", 3, 3));
			}
			catch (CapacityChart.UndrawableException ex) {
				System.out.println(ex.getMessage());
			}
		}

	}

	private static int pixels(BufferedImage image, int colour) {
		int count = 0;
		for (int x = 0; x < image.getWidth(); x++) {
			for (int y = 0; y < image.getHeight(); y++) {
				count += ((image.getRGB(x, y) & 0xFFFFFF) == colour) ? 1 : 0;
			}
		}
		return count;
	}

	private static List<Integer> colours(BufferedImage image) {
		List<Integer> colours = new ArrayList<>();
		for (int x = 0; x < image.getWidth(); x++) {
			for (int y = 0; y < image.getHeight(); y++) {
				int colour = image.getRGB(x, y) & 0xFFFFFF;
				if (!colours.contains(colour)) {
					colours.add(colour);
				}
			}
		}
		return colours;
	}

	static CapacityChart.Facts facts(String volume, int passes, int hours) {
		List<ByteSample> history = new ArrayList<>();
		for (int i = 0; i < passes; i++) {
			history.add(new ByteSample(NOW.minus(Duration.ofHours(6).multipliedBy(passes - i).dividedBy(6)),
					(long) ((18 + 8.0 * i / passes + 3 * Math.sin(i / 4.0)) * GIB)));
		}
		List<Long> p50 = LongStream.rangeClosed(1, hours).map((hour) -> (26 * GIB + hour * GIB / 6)).boxed().toList();
		List<Long> p90 = LongStream.rangeClosed(1, hours)
			.map((hour) -> (26 * GIB + hour * GIB * 10 / 38))
			.boxed()
			.toList();
		return new CapacityChart.Facts(volume, NOW, 26 * GIB, history, new Forecast(NOW, p50, p90, false), 50 * GIB,
				0.8, List.of(new GrowthContributors.Expiry(NOW.plus(Duration.ofHours(6)), 4 * GIB),
						new GrowthContributors.Expiry(NOW.plus(Duration.ofHours(30)), 6 * GIB)));
	}

}
