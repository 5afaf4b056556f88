package dev.dumpkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestMapping;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityOutlooks;
import dev.dumpkeeper.capacity.CapacityOutlooks.Course;
import dev.dumpkeeper.capacity.CapacityOutlooks.Rules;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.console.ConsoleAdvice.MissingPageException;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.retention.PlanBook;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Page;
import dev.dumpkeeper.settings.Quantities;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.VolumeUsage;

/**
 * Shows how full the volumes are, were and are expected to be.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console")
class VolumesController {

	private static final Duration HISTORY = Duration.ofDays(14);

	private static final int PAGE = 100;

	private static final int DIRECTORIES = 30;

	private static final int OWNERS = 20;

	private static final int STUCK = 50;

	/** How many of its largest dumps are summed up by owner: others are small. */
	private static final int OWNED = 100_000;

	/** Above this a page would take too long; passes still forecast such a volume. */
	private static final int MOST_FORECAST = 50_000;

	private final CapacityChecks capacity;

	private final CapacityOutlooks outlooks;

	private final VolumeUsage usage;

	private final DumpHistory dumps;

	private final PlanBook plans;

	private final Shown shown;

	VolumesController(CapacityChecks capacity, CapacityOutlooks outlooks, VolumeUsage usage, DumpHistory dumps,
			PlanBook plans, Shown shown) {
		this.plans = plans;
		this.capacity = capacity;
		this.outlooks = outlooks;
		this.usage = usage;
		this.dumps = dumps;
		this.shown = shown;
	}

	/** Those with a known capacity, the fullest level first, and then the others. */
	@GetMapping("/volumes")
	String all(Model model, @RequestParam(defaultValue = "0") int from) {
		Instant now = this.shown.now();
		Map<String, CapacityReading> known = this.capacity.latest(now);
		Stream<CapacityReading> readings = known.values()
			.stream()
			.sorted(Comparator.comparing(CapacityReading::level)
				.reversed()
				.thenComparing((reading) -> reading.capacity().volume()));
		Stream<DirectoryUsage> others = this.usage.latest(now)
			.stream()
			.filter((volume) -> !known.containsKey(volume.volume()));
		Page<Record, Integer> page = Page.from(Stream.<Record>concat(readings, others).toList(), from, PAGE);
		model.addAttribute("readings", page.entries().stream().filter(CapacityReading.class::isInstance).toList());
		model.addAttribute("others", page.entries().stream().filter(DirectoryUsage.class::isInstance).toList());
		model.addAttribute("from", Math.max(0, from));
		model.addAttribute("next", page.next());
		return "volumes";
	}

	/** A name may be any text, and not each can be a part of a path. */
	@GetMapping("/volume")
	String volume(Model model, @RequestParam String name, @RequestParam(defaultValue = "") String retention,
			@RequestParam(defaultValue = "") String threshold, @RequestParam(defaultValue = "") String size) {
		Rules rules = rules(retention.strip(), threshold.strip(), size.strip());
		Instant now = this.shown.now();
		DirectoryUsage last = this.usage.lastBefore(name, now).orElseThrow(MissingPageException::new);
		CapacityReading reading = this.capacity.latest(name, now).orElse(null);
		List<DirectoryUsage> history = this.usage.history(name, now.minus(HISTORY), now);
		model.addAttribute("name", name);
		model.addAttribute("last", last);
		model.addAttribute("reading", reading);
		model.addAttribute("history", history);
		CapacityReading forecast = (last.dumps() <= MOST_FORECAST) ? reading : null;
		Duration horizon = this.outlooks.horizon(rules);
		Course course = (forecast != null) ? this.outlooks.of(forecast, now, horizon, Rules.IN_EFFECT) : null;
		model.addAttribute("course", course);
		model.addAttribute("other", (forecast != null && !rules.equals(Rules.IN_EFFECT))
				? this.outlooks.of(forecast, now, horizon, rules) : null);
		model.addAttribute("asked", List.of(retention, threshold, size));
		model.addAttribute("chart", UsageChart.of(history, course));
		some(model, "directories", this.usage.directories(last, DIRECTORIES + 1), DIRECTORIES);
		some(model, "owners", this.dumps.owners(name, OWNED, OWNERS + 1), OWNERS);
		some(model, "stuck", this.plans.stuck(name, now, STUCK + 1), STUCK);
		model.addAttribute("owned", OWNED);
		return "volume";
	}

	/** Adds the first ones, and how many these are where there are more. */
	private static void some(Model model, String name, List<?> found, int most) {
		model.addAttribute(name, found.subList(0, Math.min(most, found.size())));
		model.addAttribute(name + "First", (found.size() > most) ? most : null);
	}

	/** Parses form fields in the formats of the properties. */
	private static Rules rules(String retention, String threshold, String size) {
		String field = "a retention ";
		try {
			Duration age = retention.isEmpty() ? null : Quantities.duration(retention, "d");
			field = "a threshold ";
			Double share = threshold.isEmpty() ? null : percent(threshold);
			field = "a size ";
			Long bytes = size.isEmpty() ? null : Quantities.size(size).toBytes();
			return new Rules(age, share, bytes);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException(field + ex.getMessage());
		}
	}

	private static double percent(String text) {
		if (!text.matches("\\d{1,3}\\s?%?")) {
			throw new IllegalArgumentException("is invalid; expected percents such as 80");
		}
		return Integer.parseInt(text.replaceAll("\\D", "")) / 100.0;
	}

}
