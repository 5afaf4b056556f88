package dev.dumpkeeper.digest;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpState;

/**
 * Signs addresses from which dumps can be downloaded, except for objects that may be
 * links to others.
 */
final class DownloadAddresses {

	private final DumpGateway gateway;

	private final DumpLedger ledger;

	DownloadAddresses(DumpGateway gateway, DumpLedger ledger) {
		this.gateway = gateway;
		this.ledger = ledger;
	}

	/**
	 * Where paths are not known, the content must be a heap dump and the key must not
	 * appear to be a link.
	 */
	private boolean isFor(Dump dump) {
		return dump.state() != DumpState.FAILED && (this.gateway.pathTrust(dump.volume()) != PathTrust.UNKNOWN
				|| dump.isProven() && !this.ledger.mayBeAnothers(dump));
	}

	/**
	 * Signs an address.
	 * @return the address, or empty when the dump may not be downloaded or its key is no
	 * longer a file of the volume itself
	 * @throws GatewayException when that cannot be determined
	 */
	Optional<URI> sign(Dump dump, Duration validity) {
		return isFor(dump) ? sign(dump.volume(), dump.key(), validity) : Optional.empty();
	}

	/** Signs an address for the current object, if it is a file of the volume itself. */
	Optional<URI> sign(String volume, String key, Duration validity) {
		try {
			return Optional.of(this.gateway.volume(volume).presign(new ObjectKey(key), validity));
		}
		catch (GatewayException ex) {
			if (ex.kind() == Kind.NOT_FOUND) {
				return Optional.empty();
			}
			throw ex;
		}
	}

}
