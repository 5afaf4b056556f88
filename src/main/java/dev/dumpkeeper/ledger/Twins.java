package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.Optional;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.text.SafeText;

/**
 * Dumps that the ledger knows under two keys. A symbolic link gives a dump a second key;
 * where nothing tells links from directories, the same size in the same second of
 * modification is the sign of one. Which of the two is the link cannot be told, so
 * neither is read or given out.
 */
final class Twins {

	private final DumpRows rows;

	private final DumpGateway gateway;

	Twins(DumpRows rows, DumpGateway gateway) {
		this.rows = rows;
		this.gateway = gateway;
	}

	/**
	 * Another key for what may be the same file.
	 * @return volume and key, or empty where there is none, and where paths are known or
	 * trusted
	 */
	Optional<String> of(String volume, String key, long size, Instant lastModified) {
		return (this.gateway.pathTrust() == PathTrust.UNKNOWN && size > 0)
				? this.rows.twin(volume, key, size, lastModified) : Optional.empty();
	}

	/** Why one is not read. */
	static String reason(String twin) {
		return SafeText.oneLine(twin)
				+ " has the same size in the same second, and one may be a link to the other; dumpkeeper.metadata.url"
				+ " tells which";
	}

}
