package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.text.SafeText;

/**
 * Decides whether a dump may be read or downloaded. A symbolic link gives a file a second
 * key. Where links cannot be told from directories, two keys with the same size and the
 * same modification time in seconds are taken for one file. Which of them is the link is
 * unknown, so neither may be read, nor may a dump that has not been compared yet.
 * <p>
 * Duplicate keys in the ledger are found at once, all others by
 * {@link DuplicateDumpSearch}.
 */
final class DuplicateDumps {

	private static final String METADATA_TELLS = "; set dumpkeeper.metadata.url to know which keys are links";

	private final JdbcTemplate jdbc;

	private final DumpGateway gateway;

	DuplicateDumps(JdbcTemplate jdbc, DumpGateway gateway) {
		this.jdbc = jdbc;
		this.gateway = gateway;
	}

	/**
	 * Returns what currently prevents reading the object under a key.
	 * @return empty if nothing does, as always where paths are known or trusted
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 */
	Optional<Obstacle> against(String volume, String key, long size, Instant lastModified) {
		if (this.gateway.pathTrust(volume) != PathTrust.UNKNOWN || size == 0) {
			return Optional.empty();
		}
		return duplicate(volume, key, size, lastModified).map(DuplicateDumps::hasDuplicate)
			.or(() -> comparison(volume, key, size, lastModified))
			.or(() -> exchange(volume, key, size, lastModified));
	}

	private Optional<String> duplicate(String volume, String key, long size, Instant lastModified) {
		long second = second(lastModified);
		return this.jdbc
			.query("""
					SELECT volume, object_key FROM dump WHERE size = ? AND last_modified >= ? AND last_modified < ?
					AND present = TRUE AND (volume <> ? OR object_key <> ?) ORDER BY id LIMIT 1""",
					(row, number) -> row.getString(1) + "/" + DumpRepository.key(row, 2), size, second, second + 1000,
					volume, key.getBytes(StandardCharsets.UTF_8))
			.stream()
			.findFirst();
	}

	private Optional<Obstacle> comparison(String volume, String key, long size, Instant lastModified) {
		long second = second(lastModified);
		return this.jdbc
			.query("""
					SELECT compared, has_duplicate FROM dump WHERE volume = ? AND present = TRUE AND object_key = ? AND size = ?
					AND last_modified >= ? AND last_modified < ?""",
					(row, number) -> row.getBoolean(2) ? Optional.of(hasDuplicate("another key of this gateway"))
							: !row.getBoolean(1) ? Optional.of(notCompared()) : Optional.<Obstacle>empty(),
					volume, key.getBytes(StandardCharsets.UTF_8), size, second, second + 1000)
			.stream()
			.findFirst()
			.orElseGet(() -> Optional.of(notCompared()));
	}

	/** The object may have been replaced by a link since it was compared. */
	private Optional<Obstacle> exchange(String volume, String key, long size, Instant lastModified) {
		return this.gateway.volume(volume)
			.stat(new ObjectKey(key))
			.filter((entry) -> entry.isUnchangedSince(size, lastModified))
			.isPresent() ? Optional.empty()
					: Optional.of(new Obstacle(true, "it is gone or was written since it was listed"));
	}

	private static long second(Instant lastModified) {
		return lastModified.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
	}

	private static Obstacle hasDuplicate(String duplicate) {
		return new Obstacle(false, SafeText.oneLine(duplicate)
				+ " has the same size in the same second, and one may be a link to the other" + METADATA_TELLS);
	}

	private static Obstacle notCompared() {
		return new Obstacle(true,
				"no pass has compared it with the other keys of the gateway yet, so it may be a link" + METADATA_TELLS);
	}

	/**
	 * What prevents reading a dump.
	 *
	 * @param isPassing whether it may disappear without intervention
	 * @param reason the reason to show
	 */
	record Obstacle(boolean isPassing, String reason) {

	}

}
