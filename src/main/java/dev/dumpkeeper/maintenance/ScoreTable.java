package dev.dumpkeeper.maintenance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.capacity.ForecastScore;
import dev.dumpkeeper.capacity.ForecastScores;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.SafeText;
import dev.dumpkeeper.text.TextTable;

/**
 * How good forecasts were, for a terminal and for machines.
 */
final class ScoreTable {

	private ScoreTable() {
	}

	/** The tables, and how many volumes are not in them. */
	static String text(ForecastScores.Scored scored) {
		return text(scored.scores()) + ((scored.leftOut() > 0)
				? "\n" + scored.leftOut() + " less full volumes were left out: --most or --volume scores them\n" : "");
	}

	/** The tables; a sentence when there is nothing to score. */
	static String text(List<ForecastScore> scores) {
		if (scores.isEmpty()) {
			return "no pass has looked at a capacity in that time\n";
		}
		TextTable errors = new TextTable("VOLUME", "<METHOD", "AHEAD", "FORECASTS", "MAE", "PINBALL P50", "PINBALL P90",
				"P90 COVERS");
		TextTable warnings = new TextTable("VOLUME", "<METHOD", "WARNINGS", "FALSE", "FALSE A MONTH", "CROSSINGS",
				"MISSED", "SEEN GROWING", "MEDIAN LEAD", "FLAPS");
		boolean warned = false;
		for (ForecastScore score : scores) {
			String volume = SafeText.oneLine(score.volume());
			for (ForecastScore.Method method : score.methods()) {
				for (ForecastScore.Errors ahead : method.errors()) {
					boolean known = ahead.count() > 0;
					errors.row(volume, method.name(), ahead.hours() + " h", String.valueOf(ahead.count()),
							known ? bytes(ahead.meanAbsolute()) : "-", known ? bytes(ahead.pinball50()) : "-",
							known ? bytes(ahead.pinball90()) : "-",
							known ? String.format(Locale.ROOT, "%.1f %%", 100 * ahead.coverage()) : "-");
				}
				ForecastScore.Warnings worth = method.warnings();
				if (worth != null) {
					warned = true;
					warnings.row(volume, method.name(), String.valueOf(worth.raised()),
							String.valueOf(worth.falseOnes()), String.format(Locale.ROOT, "%.1f", worth.falseAMonth()),
							String.valueOf(worth.crossings()), String.valueOf(worth.missed()),
							String.valueOf(worth.missedGrown()),
							(worth.medianLead() != null) ? worth.medianLead().toHours() + " h" : "-",
							String.valueOf(worth.flaps()));
				}
			}
		}
		return errors + (warned ? "\n" + warnings : "");
	}

	/** The same facts in one line. */
	static String json(ForecastScores.Scored scored) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("forecastScore", scored.scores().stream().map(ScoreTable::json).toList());
		json.put("volumesLeftOut", scored.leftOut());
		return JsonMapper.shared().writeValueAsString(json);
	}

	static Map<String, Object> json(ForecastScore score) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("volume", score.volume());
		json.put("from", score.from().toString());
		json.put("to", score.to().toString());
		json.put("forecasts", score.forecasts());
		json.put("methods", score.methods().stream().map(ScoreTable::json).toList());
		return json;
	}

	private static Map<String, Object> json(ForecastScore.Method method) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("method", method.name());
		json.put("errors", method.errors().stream().map(ScoreTable::json).toList());
		ForecastScore.Warnings worth = method.warnings();
		if (worth != null) {
			json.put("warnings", worth.raised());
			json.put("falseWarnings", worth.falseOnes());
			json.put("falseAMonth", worth.falseAMonth());
			json.put("crossings", worth.crossings());
			json.put("missed", worth.missed());
			json.put("missedSeenGrowing", worth.missedGrown());
			if (worth.medianLead() != null) {
				json.put("medianLeadHours", worth.medianLead().toMinutes() / 60.0);
			}
			json.put("flaps", worth.flaps());
		}
		return json;
	}

	private static Map<String, Object> json(ForecastScore.Errors ahead) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("hours", ahead.hours());
		json.put("count", ahead.count());
		if (ahead.count() > 0) {
			json.put("meanAbsoluteErrorBytes", Math.round(ahead.meanAbsolute()));
			json.put("pinball50Bytes", Math.round(ahead.pinball50()));
			json.put("pinball90Bytes", Math.round(ahead.pinball90()));
			json.put("coverage", ahead.coverage());
		}
		return json;
	}

	private static String bytes(double bytes) {
		return ByteSizeFormat.text(Math.round(bytes));
	}

}
