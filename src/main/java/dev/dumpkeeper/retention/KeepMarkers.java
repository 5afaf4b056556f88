package dev.dumpkeeper.retention;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.retention.Marker.State;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.VolumeSelector;

/**
 * Maintains the marker in each marker directory. The gateway removes a directory together
 * with its last object, and a JVM that finds no directory writes no dump and reports no
 * error.
 */
final class KeepMarkers {

	private static final Logger logger = LoggerFactory.getLogger(KeepMarkers.class);

	private final DumpGateway gateway;

	private final VolumeSelector selector;

	private final MarkerRepository markers;

	private final List<DirectoryPath> directories;

	private final String name;

	private final byte[] content;

	private final Clock clock;

	KeepMarkers(DumpGateway gateway, VolumeSelector selector, MarkerRepository markers, MarkerProperties properties,
			Clock clock) {
		this.gateway = gateway;
		this.selector = selector;
		this.markers = markers;
		this.directories = properties.directories();
		this.name = properties.name();
		this.content = properties.content().getBytes(StandardCharsets.UTF_8);
		this.clock = clock;
	}

	/**
	 * Checks every marker of a volume and writes missing ones. Failures are recorded
	 * rather than thrown, since a full volume must still be swept.
	 */
	void keep(Run run, String volume) {
		this.directories.forEach((directory) -> keep(run, volume, directory));
	}

	/** Whether a marker of the volume is known to be missing in this run. */
	boolean isMissing(Run run, String volume) {
		return this.markers.findByVolumeAndRunId(volume, run.id())
			.stream()
			.anyMatch((marker) -> isOpen(marker.state()));
	}

	private static boolean isOpen(State state) {
		return state == State.FULL || state == State.FAILED;
	}

	void retry(Run run, String volume) {
		for (Marker marker : this.markers.findByVolumeAndRunId(volume, run.id())) {
			if (isOpen(marker.state())) {
				keep(run, volume, new DirectoryPath(marker.directory()));
			}
		}
	}

	private void keep(Run run, String volume, DirectoryPath directory) {
		Optional<Marker> known = this.markers.findByVolumeAndDirectory(volume, directory.value());
		try {
			DumpBucket bucket = this.gateway.volume(volume);
			if (!bucket.reachedByLink(List.of(new ObjectKey(directory.prefix()))).isEmpty()) {
				record(run, volume, directory, known, State.LINKED, "the directory " + directory
						+ " is a symbolic link or lies behind one: nothing is written, reported or deleted there");
				return;
			}
			if (isIntact(bucket, directory)) {
				record(run, volume, directory, known, State.INTACT, null);
				return;
			}
			boolean exists = bucket.hasDirectory(new ObjectKey(directory.prefix()));
			if (exists || known.isPresent() || this.selector.isNamed(volume)) {
				if (!run.dryRun()) {
					bucket.put(key(directory), this.content);
				}
				State state = run.dryRun() ? State.WOULD_WRITE : State.WRITTEN;
				record(run, volume, directory, known, state, exists ? null : ownership(directory));
			}
		}
		catch (GatewayException ex) {
			State state = (ex.kind() == GatewayException.Kind.FULL) ? State.FULL : State.FAILED;
			record(run, volume, directory, known, state, ex.getMessage());
		}
	}

	private ObjectKey key(DirectoryPath directory) {
		return new ObjectKey(directory.prefix() + this.name);
	}

	private boolean isIntact(DumpBucket bucket, DirectoryPath directory) {
		Optional<ObjectEntry> found = bucket.stat(key(directory));
		return found.isPresent() && found.get().size() == this.content.length
				&& (this.content.length == 0 || bucket.read(key(directory), this.content.length)
					.filter((bytes) -> Arrays.equals(bytes, this.content))
					.isPresent());
	}

	private static String ownership(DirectoryPath directory) {
		return "the directory " + directory
				+ " was missing and was created through the gateway, so it belongs to root with "
				+ "mode 0755: a JVM that does not run as root cannot write a dump there. Let the pod create it (an init "
				+ "container, mode 0777) or change its mode on a mount";
	}

	private void record(Run run, String volume, DirectoryPath directory, Optional<Marker> known, State state,
			@Nullable String detail) {
		if (detail != null) {
			logger.warn("{}: marker in {}: {}: {}", volume, directory, state, detail);
		}
		Marker before = known
			.orElse(new Marker(null, volume, directory.value(), state, detail, run.id(), this.clock.instant()));
		boolean ownWork = state == State.INTACT && before.runId() == run.id() && before.state() == State.WRITTEN;
		if (!ownWork) {
			this.markers.save(before.in(state, detail, run.id(), this.clock.instant()));
		}
	}

}
