package dev.dumpkeeper.scan;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.text.SafeText;

/**
 * Decides from where the volumes of a run are listed. Each metadata source is checked
 * once a run.
 */
final class ListingSources {

	private static final Logger logger = LoggerFactory.getLogger(ListingSources.class);

	/** Names that a gateway shows in either layout. */
	private static final Pattern BUCKET = Pattern
		.compile("(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)(?!.*(\\.\\.|\\.-|-\\.))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

	private static final String NOT_WANTED = "dumpkeeper.scan.source is gateway";

	private static final Pattern NOT_CONFIGURED = Pattern
		.compile("dumpkeeper\\.(gateways\\..+\\.)?metadata\\.url is not set");

	private static final Duration DELAY = Duration.ofSeconds(2);

	private final ListingOrigin origin;

	private final ByGateway<ListingSource> metadata;

	private final DumpGateway gateway;

	private final StopSignal stop;

	private final Duration delay;

	private long runId = Long.MIN_VALUE;

	private final Map<String, Checked> checked = new HashMap<>();

	ListingSources(ListingOrigin origin, ByGateway<ListingSource> metadata, DumpGateway gateway, StopSignal stop) {
		this(origin, metadata, gateway, stop, DELAY);
	}

	ListingSources(ListingOrigin origin, ByGateway<ListingSource> metadata, DumpGateway gateway, StopSignal stop,
			Duration delay) {
		this.origin = origin;
		this.metadata = metadata;
		this.gateway = gateway;
		this.stop = stop;
		this.delay = delay;
	}

	/**
	 * Verifies that every gateway has the source that the configuration requires.
	 * @throws InvalidRequestException when one has not
	 */
	ListingSources require(Set<String> gateways) {
		if (isWanted()) {
			gateways.stream()
				.filter((gateway) -> !this.metadata.parts().containsKey(gateway))
				.findFirst()
				.ifPresent((gateway) -> {
					throw new InvalidRequestException(
							"dumpkeeper.scan.source is metadata and needs " + property(gateway) + ", which is not set");
				});
		}
		return this;
	}

	private static String property(String gateway) {
		return "dumpkeeper." + (gateway.isEmpty() ? "" : "gateways." + gateway + ".") + "metadata.url";
	}

	/** Whether a reason to list by the gateway needs no warning. */
	static boolean isConfigured(String reason) {
		return reason.equals(NOT_WANTED) || NOT_CONFIGURED.matcher(reason).matches();
	}

	/**
	 * Selects the source for one volume.
	 * @return the metadata source, or the reason why the gateway is used
	 * @throws GatewayException when the configuration requires a source that cannot be
	 * used, or the gateway fails
	 */
	Choice choose(Run run, String volume) {
		String gateway = VolumeName.parse(volume).gateway();
		ListingSource source = this.metadata.parts().get(gateway);
		if (this.origin == ListingOrigin.GATEWAY) {
			return new Choice(null, NOT_WANTED);
		}
		if (source == null) {
			return new Choice(null, property(gateway) + " is not set");
		}
		GatewayException problem = problem(run, gateway, source, volume);
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

	private synchronized @Nullable GatewayException problem(Run run, String gateway, ListingSource source,
			String volume) {
		if (this.runId != run.id()) {
			this.checked.clear();
			this.runId = run.id();
		}
		Checked known = this.checked.get(gateway);
		if (known == null) {
			known = check(gateway, source);
			this.checked.put(gateway, known);
		}
		if (known.refusal() != null) {
			return known.refusal();
		}
		return known.volumes().contains(volume) ? null : new GatewayException(Kind.REJECTED,
				source.description() + " has no directory of this name at its root", null);
	}

	private Checked check(String gateway, ListingSource source) {
		try {
			return compare(gateway, source);
		}
		catch (GatewayException ex) {
			logger.warn("volumes are not listed from JuiceFS's metadata: {}", ex.getMessage());
			return new Checked(Set.of(), ex);
		}
	}

	private Checked compare(String gateway, ListingSource source) {
		Set<String> known = source.volumes();
		Set<String> shown = shown(gateway);
		if (!without(shown, known).isEmpty() || !hidden(known, shown).isEmpty()) {
			// A volume may have been created or removed between the two requests.
			this.stop.pause(this.delay);
			known = source.volumes();
			shown = shown(gateway);
		}
		Set<String> unknown = without(shown, known);
		if (!shown.isEmpty() && unknown.size() == shown.size()) {
			throw new GatewayException(Kind.REJECTED,
					source.description() + " knows none of the volumes that the gateway shows, such as "
							+ shown.iterator().next()
							+ ": it belongs to another file system, or the gateway shows a part of it (--subdir)",
					null);
		}
		if (!unknown.isEmpty()) {
			logger.warn("{} has no directory for volumes that the gateway shows: {}", source.description(),
					some(unknown));
		}
		Set<String> hidden = hidden(known, shown);
		if (!hidden.isEmpty()) {
			logger.warn("the gateway does not show volumes that {} has: {}", source.description(), some(hidden));
		}
		return new Checked(known, null);
	}

	private Set<String> shown(String gateway) {
		return this.gateway.volumes()
			.stream()
			.map(VolumeName::parse)
			.filter((name) -> name.gateway().equals(gateway) && !name.isUnlisted())
			.map(VolumeName::toString)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> without(Set<String> names, Set<String> others) {
		Set<String> rest = new TreeSet<>(names);
		rest.removeAll(others);
		return rest;
	}

	private static Set<String> hidden(Set<String> known, Set<String> shown) {
		Set<String> hidden = without(known, shown);
		hidden.removeIf((name) -> !BUCKET.matcher(VolumeName.parse(name).local()).matches());
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

	/**
	 * A source as one run found it.
	 *
	 * @param volumes what it knows
	 * @param refusal why it is not used, or {@code null}
	 */
	private record Checked(Set<String> volumes, @Nullable GatewayException refusal) {

	}

}
