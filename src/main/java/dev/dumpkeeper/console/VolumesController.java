package dev.dumpkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestMapping;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.console.ConsoleAdvice.MissingPageException;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.VolumeUsage;

/**
 * How full the volumes are, were and will be.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console")
class VolumesController {

	private static final Duration HISTORY = Duration.ofDays(14);

	private static final int DIRECTORIES = 30;

	private final CapacityChecks capacity;

	private final VolumeUsage usage;

	private final Shown shown;

	VolumesController(CapacityChecks capacity, VolumeUsage usage, Shown shown) {
		this.capacity = capacity;
		this.usage = usage;
		this.shown = shown;
	}

	@GetMapping("/volumes")
	String all(Model model) {
		Instant now = this.shown.now();
		var known = this.capacity.latest(now);
		model.addAttribute("readings",
				known.values()
					.stream()
					.sorted(java.util.Comparator.comparing(CapacityReading::level)
						.reversed()
						.thenComparing((reading) -> reading.capacity().volume()))
					.toList());
		model.addAttribute("others",
				this.usage.latest(now).stream().filter((volume) -> !known.containsKey(volume.volume())).toList());
		return "volumes";
	}

	/** A name may be any text, and not each can be a part of a path. */
	@GetMapping("/volume")
	String volume(Model model, @RequestParam String name) {
		Instant now = this.shown.now();
		DirectoryUsage last = this.usage.lastBefore(name, now).orElseThrow(MissingPageException::new);
		CapacityReading reading = this.capacity.latest(now).get(name);
		List<DirectoryUsage> history = this.usage.history(name, now.minus(HISTORY), now);
		model.addAttribute("name", name);
		model.addAttribute("last", last);
		model.addAttribute("reading", reading);
		model.addAttribute("history", history);
		model.addAttribute("chart", UsageChart.of(history, reading, this.capacity.threshold()));
		model.addAttribute("directories", this.usage.directories(last, DIRECTORIES));
		return "volume";
	}

}
