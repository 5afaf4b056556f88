package dev.dumpkeeper.workers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Tells apart processes that would treat the same volume differently, so that a service
 * with another retention, or of another version, takes no share of a run.
 */
final class SharedRules {

	/** Whatever else is set decides where a process works, and not what it does. */
	private static final Set<String> ROOMS = Set.of("retention", "marker", "brake", "scan", "ledger", "contents");

	/** The pace of a process's own work. */
	private static final Set<String> PACE = Set.of("scan.parallelvolumes", "ledger.parallelvolumes",
			"contents.scratchlimit");

	/** Where it is matters to nobody else, but not whether it is set. */
	private static final String SCRATCH = "contents.scratch";

	private SharedRules() {
	}

	/** Returns a digest of the version and of the settings that are rules. */
	static String of(Environment environment) {
		Map<String, String> rules = new TreeMap<>();
		Binder.get(environment)
			.bind("dumpkeeper", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of())
			.forEach((name, value) -> {
				// An environment variable has no dashes.
				String rule = name.replace("-", "").toLowerCase(Locale.ROOT);
				if (rule.startsWith("gateways.")) {
					// A worker has to find the volumes; keys and addresses are its own.
					rules.put("gateways." + rule.split("\\.")[1], "");
				}
				if (ROOMS.contains(rule.split("[.\\[]")[0]) && !PACE.contains(rule)) {
					rules.put(rule, rule.equals(SCRATCH) ? "set" : value);
				}
			});
		String version = Optional.ofNullable(SharedRules.class.getPackage().getImplementationVersion()).orElse("");
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest((version + rules).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
