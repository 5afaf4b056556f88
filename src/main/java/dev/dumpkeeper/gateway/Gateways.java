package dev.dumpkeeper.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.text.SafeText;

/**
 * Several gateways as one. Each handles the volumes that bear its name; while one does
 * not answer, the others are looked after.
 */
final class Gateways implements DumpGateway {

	private static final Logger logger = LoggerFactory.getLogger(Gateways.class);

	/** The length of a volume's name in the database. */
	private static final int LONGEST = 255;

	private final Map<String, DumpGateway> parts;

	private final LongSupplier nanos;

	private final Map<String, Failure> failures = new ConcurrentHashMap<>();

	/** By {@link VolumeName#gateway()}; volumes have their whole names everywhere. */
	Gateways(Map<String, DumpGateway> parts) {
		this(parts, System::nanoTime);
	}

	Gateways(Map<String, DumpGateway> parts, LongSupplier nanos) {
		this.parts = parts;
		this.nanos = nanos;
	}

	@Override
	public List<String> volumes() {
		List<String> names = new ArrayList<>();
		List<GatewayException> failed = new ArrayList<>();
		this.parts.forEach((name, part) -> {
			try {
				list(name, part).stream().filter(Gateways::isStorable).forEach(names::add);
			}
			catch (GatewayException ex) {
				failed.add(ex);
				names.add(VolumeName.unlisted(name).toString());
			}
		});
		if (failed.size() == this.parts.size()) {
			throw failed.get(0);
		}
		failed.forEach((ex) -> logger.warn("a gateway fails, the others are looked after: {}", ex.getMessage()));
		return names.stream().sorted().toList();
	}

	/**
	 * A gateway that hung rests twice as long before it is asked again: the others'
	 * volumes are wanted every few seconds.
	 */
	private List<String> list(String name, DumpGateway part) {
		Failure earlier = this.failures.get(name);
		long start = this.nanos.getAsLong();
		if (earlier != null && this.parts.size() > 1 && start - earlier.restsUntil() < 0) {
			throw earlier.cause();
		}
		try {
			List<String> volumes = part.volumes();
			this.failures.remove(name);
			return volumes;
		}
		catch (GatewayException ex) {
			long end = this.nanos.getAsLong();
			this.failures.put(name, new Failure(ex, end + 2 * (end - start)));
			throw ex;
		}
	}

	private static boolean isStorable(String volume) {
		if (volume.length() > LONGEST) {
			logger.warn("{}: left out, since a volume's name may have {} characters together with its gateway's",
					SafeText.oneLine(SafeText.abridged(volume, 100)), LONGEST);
		}
		return volume.length() <= LONGEST;
	}

	@Override
	public DumpBucket volume(String volume) {
		VolumeName name = VolumeName.parse(volume);
		DumpGateway part = part(volume);
		if (name.isUnlisted()) {
			Failure failure = this.failures.get(name.gateway());
			if (failure == null) {
				// Another process listed the volumes.
				part.volumes();
				throw new GatewayException(Kind.UNAVAILABLE,
						"its volumes could not be listed and can be by now; the next run looks after them", null);
			}
			GatewayException cause = failure.cause();
			throw new GatewayException(cause.kind(), "its volumes cannot be listed: " + cause.getMessage(), cause);
		}
		return part.volume(volume);
	}

	private Optional<DumpGateway> of(String volume) {
		return new ByGateway<>(this.parts).of(volume);
	}

	private DumpGateway part(String volume) {
		VolumeName name = VolumeName.parse(volume);
		DumpGateway part = of(volume).orElse(null);
		if (part == null || volume.startsWith("/") && !name.isUnlisted()) {
			throw new GatewayException(Kind.REJECTED,
					"no gateway of this name is configured below dumpkeeper.gateways: " + name.gateway(), null);
		}
		return part;
	}

	@Override
	public void cutOff() {
		this.parts.values().forEach(DumpGateway::cutOff);
	}

	@Override
	public OptionalInt trashDays(String volume) {
		return of(volume).map((part) -> part.trashDays(volume)).orElseGet(OptionalInt::empty);
	}

	@Override
	public PathTrust pathTrust(String volume) {
		return of(volume).map((part) -> part.pathTrust(volume)).orElse(PathTrust.UNKNOWN);
	}

	@Override
	public PathTrust pathTrust() {
		List<PathTrust> all = this.parts.values().stream().map(DumpGateway::pathTrust).distinct().toList();
		return all.contains(PathTrust.UNKNOWN) ? PathTrust.UNKNOWN : all.get(0);
	}

	/**
	 * Why the volumes of a gateway could not be listed.
	 *
	 * @param restsUntil until when it is not asked again, by the clock of nanoseconds
	 */
	private record Failure(GatewayException cause, long restsUntil) {

	}

}
