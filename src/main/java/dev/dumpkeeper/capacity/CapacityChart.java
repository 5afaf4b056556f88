package dev.dumpkeeper.capacity;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.capacity.forecast.Forecast;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.notify.Picture;
import dev.dumpkeeper.text.Messages;
import dev.dumpkeeper.text.SafeMarkdown;

/**
 * Draws past and forecast use of a volume. Without a font for Chinese the labels are
 * English.
 */
final class CapacityChart {

	private static final int WIDTH = 900;

	private static final int HEIGHT = 460;

	/** More points than this cannot be distinguished. */
	private static final int POINTS = 300;

	private static final int NAME = 60;

	private static final String[] UNITS = { "B", "KiB", "MiB", "GiB", "TiB", "PiB" };

	private static final Color USED = new Color(0x1F4E79);

	private static final Color FORECAST = new Color(0xD9822B);

	private static final Color BAND = new Color(0xD9, 0x82, 0x2B, 0x50);

	private static final Color THRESHOLD = new Color(0xC23030);

	private static final Color CAPACITY = new Color(0x5C7080);

	private static final Color EXPIRIES = new Color(0x29A634);

	private static final double MOST_ABOVE = 2;

	private final Language language;

	private final ZoneId zone;

	CapacityChart(Language language, ZoneId zone) {
		this.language = language;
		this.zone = zone;
	}

	/**
	 * Draws the chart.
	 * @throws UndrawableException if this machine cannot: without fonts, or without the
	 * native libraries they need
	 */
	Picture draw(Facts facts) {
		try {
			return new Picture("chart of a volume", png(chart(facts)));
		}
		// Missing fonts and libraries surface deep in AWT, as errors of many types.
		catch (RuntimeException | IOException | LinkageError | InternalError | AWTError ex) {
			throw new UndrawableException(ex);
		}
	}

	private XYChart chart(Facts facts) {
		Messages messages = readable();
		double unit = 1;
		int name = 0;
		while (facts.capacityBytes() / unit >= 1024 && name < UNITS.length - 1) {
			unit *= 1024;
			name++;
		}
		XYChart chart = new XYChartBuilder().width(WIDTH)
			.height(HEIGHT)
			.title(SafeMarkdown.code(facts.volume(), NAME, "-").replace("`", ""))
			.yAxisTitle(UNITS[name])
			.build();
		style(chart.getStyler(), top(facts) / unit);
		List<Instant> hours = new ArrayList<>();
		hours.add(facts.now());
		for (int hour = 1; hour <= facts.forecast().p50().size(); hour++) {
			hours.add(facts.now().plus(Duration.ofHours(hour)));
		}
		List<Double> p50 = scaled(facts.usedBytes(), facts.forecast().p50(), unit);
		List<Double> p90 = scaled(facts.usedBytes(), facts.forecast().p90(), unit);
		band(chart, messages.text("chart.band"), hours, p50, p90);
		List<ByteSample> history = thinned(facts.history());
		Instant from = history.isEmpty() ? facts.now() : history.get(0).at();
		Instant to = hours.get(hours.size() - 1);
		List<Date> when = new ArrayList<>(history.stream().map((sample) -> Date.from(sample.at())).toList());
		List<Double> used = new ArrayList<>();
		for (ByteSample sample : history) {
			used.add(sample.bytes() / unit);
		}
		when.add(Date.from(facts.now()));
		used.add(facts.usedBytes() / unit);
		line(chart, messages.text("chart.used"), when, used, USED, 2.5f, false);
		line(chart, messages.text("chart.likely"), dates(hours), p50, FORECAST, 2f, false);
		expiries(chart, messages.text("chart.expires"), facts, unit);
		level(chart, messages.text("chart.threshold") + String.format(Locale.ROOT, " %.0f%%", 100 * facts.threshold()),
				from, to, facts.threshold() * facts.capacityBytes() / unit, THRESHOLD);
		level(chart, messages.text("chart.capacity"), from, to, facts.capacityBytes() / unit, CAPACITY);
		return chart;
	}

	/** Shows everything, unless a forecast would flatten the rest to a line. */
	private static double top(Facts facts) {
		double top = Math.max(facts.capacityBytes(), facts.usedBytes());
		for (ByteSample sample : facts.history()) {
			top = Math.max(top, sample.bytes());
		}
		double forecast = Math.max(facts.forecast().highest(facts.forecast().p50()),
				facts.forecast().highest(facts.forecast().p90()));
		return Math.max(top, Math.min(forecast, MOST_ABOVE * top));
	}

	private void style(XYStyler styler, double top) {
		Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
		styler.setBaseFont(font);
		styler.setChartTitleFont(font.deriveFont(Font.BOLD, 15f));
		styler.setLegendFont(font);
		styler.setAxisTitleFont(font);
		styler.setAxisTickLabelsFont(font);
		styler.setLegendPosition(Styler.LegendPosition.OutsideS);
		styler.setLegendLayout(Styler.LegendLayout.Horizontal);
		styler.setChartBackgroundColor(Color.WHITE);
		styler.setPlotGridLinesColor(new Color(0xE1E8ED));
		styler.setLegendBorderColor(Color.WHITE);
		styler.setTimezone(TimeZone.getTimeZone(this.zone));
		styler.setDatePattern("MM-dd HH:mm");
		styler.setLocale(Locale.ROOT);
		styler.setYAxisMin(0.0);
		styler.setYAxisMax(top * 1.05);
		styler.setMarkerSize(0);
	}

	private static void band(XYChart chart, String name, List<Instant> hours, List<Double> low, List<Double> high) {
		List<Date> around = new ArrayList<>(dates(hours));
		List<Double> values = new ArrayList<>(high);
		List<Date> back = new ArrayList<>(dates(hours));
		List<Double> down = new ArrayList<>(low);
		Collections.reverse(back);
		Collections.reverse(down);
		around.addAll(back);
		values.addAll(down);
		XYSeries band = chart.addSeries(name, around, values);
		band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
		band.setFillColor(BAND);
		band.setLineColor(BAND);
		band.setMarker(SeriesMarkers.NONE);
	}

	private static void level(XYChart chart, String name, Instant from, Instant to, double value, Color color) {
		line(chart, name, dates(List.of(from, to)), List.of(value, value), color, 1.5f, true);
	}

	private static void expiries(XYChart chart, String name, Facts facts, double unit) {
		List<Date> when = new ArrayList<>();
		List<Double> bytes = new ArrayList<>();
		for (GrowthContributors.Expiry expiry : facts.expiries()) {
			when.addAll(Collections.nCopies(3, Date.from(expiry.at())));
			// A gap separates the bars from each other.
			bytes.addAll(List.of(0.0, expiry.bytes() / unit, Double.NaN));
		}
		if (!when.isEmpty()) {
			line(chart, name, when, bytes, EXPIRIES, 4f, false);
		}
	}

	private static void line(XYChart chart, String name, List<Date> when, List<Double> values, Color color, float width,
			boolean dashed) {
		XYSeries series = chart.addSeries(name, when, values);
		series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
		series.setLineColor(color);
		series.setLineStyle(dashed
				? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 10f, new float[] { 6f, 4f }, 0f)
				: new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
		series.setMarker(SeriesMarkers.NONE);
	}

	private static List<Double> scaled(long first, List<Long> values, double unit) {
		List<Double> scaled = new ArrayList<>();
		scaled.add(first / unit);
		for (long value : values) {
			scaled.add(value / unit);
		}
		return scaled;
	}

	private static List<Date> dates(List<Instant> instants) {
		return instants.stream().map(Date::from).toList();
	}

	private static List<ByteSample> thinned(List<ByteSample> samples) {
		int step = Math.max(1, samples.size() / POINTS);
		List<ByteSample> thinned = new ArrayList<>();
		for (int i = 0; i < samples.size(); i += step) {
			thinned.add(samples.get(i));
		}
		return thinned;
	}

	private Messages readable() {
		Messages messages = new Messages(CapacityChart.class, this.language.locale());
		boolean readable = new Font(Font.SANS_SERIF, Font.PLAIN, 13).canDisplayUpTo(messages.text("chart.band")) < 0;
		return readable ? messages : new Messages(CapacityChart.class, Language.EN.locale());
	}

	private static byte[] png(XYChart chart) throws IOException {
		BufferedImage image = BitmapEncoder.getBufferedImage(chart);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		// The root file system may be read-only, so nothing is cached on disk.
		try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
			if (!ImageIO.write(image, "png", stream)) {
				throw new IOException("no writer for PNG");
			}
		}
		return bytes.toByteArray();
	}

	/**
	 * The data of a chart.
	 *
	 * @param volume the volume's name
	 * @param now the instant at which the history ends
	 * @param usedBytes the present use
	 * @param history the past use, oldest first
	 * @param forecast the forecast
	 * @param capacityBytes the capacity, above 0
	 * @param threshold the used share of the capacity that is warned of
	 * @param expiries the bytes that passes will delete
	 */
	record Facts(String volume, Instant now, long usedBytes, List<ByteSample> history, Forecast forecast,
			long capacityBytes, double threshold, List<GrowthContributors.Expiry> expiries) {

	}

	/** Thrown if this machine cannot draw. */
	static final class UndrawableException extends RuntimeException {

		UndrawableException(Throwable cause) {
			super("no chart could be drawn (" + cause.getClass().getSimpleName()
					+ "); it needs fontconfig and a font on this machine", cause);
		}

	}

}
