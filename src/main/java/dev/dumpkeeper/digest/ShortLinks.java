package dev.dumpkeeper.digest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.Signer;
import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;

/**
 * Links to the service, which presigns an address when somebody follows one. A link
 * consists of the dump's number and a signature: it works while the dump exists, cannot
 * be guessed, and is not stored.
 */
public final class ShortLinks {

	/** Applies to the start of a download; its duration does not matter. */
	private static final Duration ON_CLICK = Duration.ofMinutes(15);

	private static final Pattern TOKEN = Pattern.compile("(\\d{1,18})\\.([A-Za-z0-9_-]{22})");

	private final @Nullable URI publicUrl;

	private final Signer signer;

	private final DumpLedger ledger;

	private final DownloadAddresses addresses;

	/**
	 * Creates an instance.
	 * @param publicUrl where people reach the service, {@code null} if they do not
	 */
	ShortLinks(@Nullable URI publicUrl, Signer signer, DumpLedger ledger, DownloadAddresses addresses) {
		this.publicUrl = publicUrl;
		this.signer = signer;
		this.ledger = ledger;
		this.addresses = addresses;
	}

	/**
	 * Returns where people reach the service.
	 * @return the address that links begin with, or empty if messages contain presigned
	 * links
	 */
	public Optional<URI> publicUrl() {
		return Optional.ofNullable(this.publicUrl);
	}

	/**
	 * Returns the link to a dump relative to the service's own address.
	 * @param dump its number
	 * @return a path such as {@code /d/17.abc}; a secret
	 */
	public String path(long dump) {
		return "/d/" + dump + "." + this.signer.sign(Long.toString(dump));
	}

	boolean areUsed() {
		return this.publicUrl != null;
	}

	/** Returns the link to a dump, or empty when messages contain presigned ones. */
	Optional<String> to(long dump) {
		return Optional.ofNullable(this.publicUrl).map((url) -> url.toString().replaceAll("/+$", "") + path(dump));
	}

	/**
	 * Returns the dump to which a link leads.
	 * @param token the path after {@code /d/}
	 * @return the dump, or empty when the link is invalid
	 * @throws dev.dumpkeeper.gateway.GatewayException when it cannot be determined
	 * whether the dump is still a file of its volume
	 */
	public Optional<Target> follow(String token) {
		Matcher matcher = TOKEN.matcher(token);
		if (!matcher.matches() || !this.signer.isSignatureOf(matcher.group(1), matcher.group(2))) {
			return Optional.empty();
		}
		Optional<Dump> dump = this.ledger.find(List.of(Long.parseLong(matcher.group(1)))).stream().findFirst();
		return Optional.of(new Target(dump.map((found) -> found.volume() + "/" + found.key()),
				dump.flatMap((found) -> this.addresses.sign(found, ON_CLICK))));
	}

	/**
	 * The target of a link.
	 *
	 * @param name the volume and the key, empty when the dump is gone
	 * @param address the download address, empty also when it may be a link to another
	 * file; a secret
	 */
	public record Target(Optional<String> name, Optional<URI> address) {

		/** Omits the address, which gives access to anybody. */
		@Override
		public String toString() {
			return "Target[name=" + this.name + "]";
		}

	}

}
