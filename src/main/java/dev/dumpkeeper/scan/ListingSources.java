package dev.dumpkeeper.scan;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.text.SafeText;

/**
 * Decides from where the volumes of a run are listed. The metadata source is checked once
 * a run.
 */
final class ListingSources {

	private static final Logger logger = LoggerFactory.getLogger(ListingSources.class);

	/** Names that a gateway shows in either layout. */
	private static final Pattern BUCKET = Pattern
		.compile("(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)(?!.*(\\.\\.|\\.-|-\\.))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

	private static final String NOT_WANTED = "dumpkeeper.scan.source is gateway";

	private static final String NOT_CONFIGURED = "dumpkeeper.metadata.url is not set";

	/** Reasons that need no warning. */
	static final Set<String> CONFIGURED = Set.of(NOT_WANTED, NOT_CONFIGURED);

	private static final Duration DELAY = Duration.ofSeconds(2);

	private final ListingOrigin origin;

	private final @Nullable ListingSource metadata;

	private final DumpGateway gateway;

	private final StopSignal stop;

	private final Duration delay;

	private long runId = Long.MIN_VALUE;

	private Set<String> known = Set.of();

	private @Nullable GatewayException refusal;

	ListingSources(ListingOrigin origin, @Nullable ListingSource metadata, DumpGateway gateway, StopSignal stop) {
		this(origin, metadata, gateway, stop, DELAY);
	}

	ListingSources(ListingOrigin origin, @Nullable ListingSource metadata, DumpGateway gateway, StopSignal stop,
			Duration delay) {
		if (origin == ListingOrigin.METADATA && metadata == null) {
			throw new InvalidRequestException(
					"dumpkeeper.scan.source is metadata and needs dumpkeeper.metadata.url, which is not set");
		}
		this.origin = origin;
		this.metadata = metadata;
		this.gateway = gateway;
		this.stop = stop;
		this.delay = delay;
	}

	/**
	 * Selects the source for one volume.
	 * @return the metadata source, or the reason why the gateway is used
	 * @throws GatewayException when the configuration requires a source that cannot be
	 * used, or the gateway fails
	 */
	Choice choose(Run run, String volume) {
		ListingSource source = this.metadata;
		if (this.origin == ListingOrigin.GATEWAY) {
			return new Choice(null, NOT_WANTED);
		}
		if (source == null) {
			return new Choice(null, NOT_CONFIGURED);
		}
		GatewayException problem = problem(run, source, volume);
		if (problem == null) {
			return new Choice(source, null);
		}
		if (isWanted()) {
			throw problem;
		}
		return new Choice(null, problem.getMessage());
	}

	/**
	 * Whether the metadata source is required, so that the gateway must not replace it.
	 */
	boolean isWanted() {
		return this.origin == ListingOrigin.METADATA;
	}

	private synchronized @Nullable GatewayException problem(Run run, ListingSource source, String volume) {
		if (this.runId != run.id()) {
			this.refusal = null;
			this.known = Set.of();
			try {
				this.known = source.volumes();
				this.refusal = compare(source);
			}
			catch (GatewayException ex) {
				this.refusal = ex;
			}
			this.runId = run.id();
			if (this.refusal != null) {
				logger.warn("volumes are not listed from JuiceFS's metadata: {}", this.refusal.getMessage());
			}
		}
		if (this.refusal != null) {
			return this.refusal;
		}
		return this.known.contains(volume) ? null : new GatewayException(Kind.REJECTED,
				"the metadata database (dumpkeeper.metadata.url) has no directory of this name at its root", null);
	}

	private @Nullable GatewayException compare(ListingSource source) {
		Set<String> shown = new TreeSet<>(this.gateway.volumes());
		if (!unknown(shown).isEmpty() || !hidden(shown).isEmpty()) {
			// A volume may have been created or removed between the two requests.
			this.stop.pause(this.delay);
			this.known = source.volumes();
			shown = new TreeSet<>(this.gateway.volumes());
		}
		Set<String> unknown = unknown(shown);
		if (!shown.isEmpty() && unknown.size() == shown.size()) {
			return new GatewayException(Kind.REJECTED,
					"the metadata database (dumpkeeper.metadata.url) knows none of the volumes that the gateway shows, such as "
							+ shown.iterator().next()
							+ ": it belongs to another file system, or the gateway shows a part of it (--subdir)",
					null);
		}
		if (!unknown.isEmpty()) {
			logger.warn("the metadata database has no directory for volumes that the gateway shows: {}", some(unknown));
		}
		Set<String> hidden = hidden(shown);
		if (!hidden.isEmpty()) {
			logger.warn("the gateway does not show volumes that the metadata database has: {}", some(hidden));
		}
		return null;
	}

	private Set<String> unknown(Set<String> shown) {
		Set<String> unknown = new TreeSet<>(shown);
		unknown.removeAll(this.known);
		return unknown;
	}

	private Set<String> hidden(Set<String> shown) {
		Set<String> hidden = new TreeSet<>(this.known);
		hidden.removeIf((name) -> shown.contains(name) || !BUCKET.matcher(name).matches());
		return hidden;
	}

	private static String some(Set<String> names) {
		return SafeText.oneLine(SafeText.abridged(String.join(", ", names), 500));
	}

	/**
	 * The source of one volume's listing.
	 *
	 * @param source the metadata source, {@code null} for the gateway
	 * @param reason why the gateway is used, {@code null} for the metadata source
	 */
	record Choice(@Nullable ListingSource source, @Nullable String reason) {

	}

}
