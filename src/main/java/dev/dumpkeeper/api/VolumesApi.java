package dev.dumpkeeper.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.dumpkeeper.api.ApiAdvice.NotFoundException;
import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityLevel;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.run.Page;
import dev.dumpkeeper.usage.DirectoryUsage;
import dev.dumpkeeper.usage.VolumeUsage;

/**
 * Volumes, in the order of their names.
 */
@RestController
@ConditionalOnApi
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
class VolumesApi {

	private static final Duration HISTORY = Duration.ofDays(14);

	private static final int DIRECTORIES = 100;

	private final CapacityChecks capacity;

	private final VolumeUsage usage;

	private final Clock clock;

	VolumesApi(CapacityChecks capacity, VolumeUsage usage, Clock clock) {
		this.capacity = capacity;
		this.usage = usage;
		this.clock = clock;
	}

	@GetMapping("/volumes")
	VolumeList volumes(@RequestParam(required = false) @Nullable String after,
			@RequestParam(defaultValue = Pages.USUAL) int limit) {
		int size = Pages.size(limit);
		Map<String, Volume> volumes = known();
		Page<Volume, String> page = Page.cut(volumes.values()
			.stream()
			.filter((volume) -> after == null || volume.name().compareTo(after) > 0)
			.limit(size + 1L)
			.toList(), size, Volume::name);
		return new VolumeList(page.entries(), page.next());
	}

	/** A name may be any text, and not each can be a part of a path. */
	@GetMapping("/volume")
	VolumeDetails volume(@RequestParam String name) {
		Instant now = this.clock.instant();
		DirectoryUsage last = this.usage.lastBefore(name, now).orElseThrow(NotFoundException::new);
		return new VolumeDetails(this.capacity.latest(name, now).map(Volume::of).orElseGet(() -> Volume.of(last)),
				this.usage.history(name, now.minus(HISTORY), now)
					.stream()
					.map((usage) -> new Measurement(usage.measuredAt(), usage.objects(), usage.objectBytes(),
							usage.dumps(), usage.dumpBytes()))
					.toList(),
				this.usage.directories(last, DIRECTORIES)
					.stream()
					.map((usage) -> new Directory(usage.directory(), usage.objects(), usage.objectBytes(),
							usage.dumps(), usage.dumpBytes()))
					.toList());
	}

	private Map<String, Volume> known() {
		Instant now = this.clock.instant();
		Map<String, Volume> volumes = new TreeMap<>();
		this.usage.latest(now).forEach((usage) -> volumes.put(usage.volume(), Volume.of(usage)));
		this.capacity.latest(now).forEach((name, reading) -> volumes.put(name, Volume.of(reading)));
		return volumes;
	}

	/**
	 * A page of volumes.
	 *
	 * @param volumes in the order of their names
	 * @param next the value of {@code after} for the next page, {@code null} at the end
	 */
	record VolumeList(List<Volume> volumes, @Nullable String next) {

	}

	/**
	 * How full a volume is; without a known capacity there is neither level nor forecast.
	 */
	record Volume(String name, Instant measuredAt, long usedBytes, @Nullable Long capacityBytes,
			@Nullable CapacityLevel level, @Nullable Forecast forecast) {

		static Volume of(CapacityReading reading) {
			CapacityReading.Outlook outlook = reading.outlook();
			return new Volume(reading.capacity().volume(), reading.readAt(), reading.capacity().usedBytes(),
					reading.capacity().capacityBytes(), reading.level(),
					(outlook != null) ? new Forecast(outlook.p50Bytes(), outlook.p90Bytes(), outlook.p50CrossesAt(),
							outlook.p90CrossesAt(), outlook.shortHistory()) : null);
		}

		static Volume of(DirectoryUsage usage) {
			return new Volume(usage.volume(), usage.measuredAt(), usage.objectBytes(), null, null, null);
		}

	}

	/**
	 * The highest use within the horizon, expected and at worst, and when each reaches
	 * the threshold.
	 */
	record Forecast(long p50Bytes, long p90Bytes, @Nullable Instant p50CrossesAt, @Nullable Instant p90CrossesAt,
			boolean shortHistory) {

	}

	/**
	 * A volume with its last two weeks and its largest directories.
	 */
	record VolumeDetails(Volume volume, List<Measurement> history, List<Directory> directories) {

	}

	/**
	 * What a scan added up of a volume.
	 */
	record Measurement(Instant at, long objects, long bytes, long dumps, long dumpBytes) {

	}

	/**
	 * What the last scan added up of a directory.
	 */
	record Directory(String name, long objects, long bytes, long dumps, long dumpBytes) {

	}

}
