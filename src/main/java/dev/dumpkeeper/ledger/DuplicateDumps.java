package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.text.SafeText;

/**
 * Dumps that are known under two keys. A symbolic link gives a dump a second key; where
 * nothing tells links from directories, the same size in the same second of modification
 * is the sign of one. Which of the two is the link cannot be told, so neither is read or
 * given out.
 * <p>
 * A second key that the ledger has is found at once, any other by the next pass
 * ({@link DuplicateDumpSearch}).
 */
final class DuplicateDumps {

	private final JdbcTemplate jdbc;

	private final DumpGateway gateway;

	DuplicateDumps(JdbcTemplate jdbc, DumpGateway gateway) {
		this.jdbc = jdbc;
		this.gateway = gateway;
	}

	/**
	 * Another key for what may be the same file.
	 * @return volume and key, or empty where there is none, and where paths are known or
	 * trusted
	 */
	Optional<String> of(String volume, String key, long size, Instant lastModified) {
		if (this.gateway.pathTrust() != PathTrust.UNKNOWN || size == 0) {
			return Optional.empty();
		}
		byte[] name = key.getBytes(StandardCharsets.UTF_8);
		long second = lastModified.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
		return this.jdbc
			.query("""
					SELECT volume, object_key FROM dump WHERE size = ? AND last_modified >= ? AND last_modified < ?
					AND present = TRUE AND (volume <> ? OR object_key <> ?) ORDER BY id LIMIT 1""",
					(row, number) -> row.getString(1) + "/" + DumpRepository.key(row, 2), size, second, second + 1000, volume,
					name)
			.stream()
			.findFirst()
			.or(() -> this.jdbc
				.query("""
						SELECT id FROM dump WHERE volume = ? AND present = TRUE AND object_key = ? AND size = ?
						AND last_modified >= ? AND last_modified < ? AND second_key = TRUE""",
						(row, number) -> "another key of this gateway", volume, name, size, second, second + 1000)
				.stream()
				.findFirst());
	}

	/** Why one is not read. */
	static String reason(String twin) {
		return SafeText.oneLine(twin)
				+ " has the same size in the same second, and one may be a link to the other; dumpkeeper.metadata.url"
				+ " tells which";
	}

}
