package dev.dumpkeeper.digest;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.Signer;
import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;

/**
 * Links to the service, which presigns when somebody follows one. A link is the dump's
 * number and a signature of it: it works for as long as the dump is there, nobody can
 * guess another's, and none is stored.
 */
public final class ShortLinks {

	/** A download begins at once; how long it takes does not matter. */
	private static final Duration ON_CLICK = Duration.ofMinutes(15);

	private static final Pattern TOKEN = Pattern.compile("(\\d{1,18})\\.([A-Za-z0-9_-]{22})");

	private final @Nullable URI publicUrl;

	private final Signer signer;

	private final DumpLedger ledger;

	private final DownloadAddresses addresses;

	/**
	 * Creates it.
	 * @param publicUrl where people reach the service, {@code null} where they do not
	 */
	ShortLinks(@Nullable URI publicUrl, Signer signer, DumpLedger ledger, DownloadAddresses addresses) {
		this.publicUrl = publicUrl;
		this.signer = signer;
		this.ledger = ledger;
		this.addresses = addresses;
	}

	/**
	 * Where people reach the service.
	 * @return the address that links begin with, or empty where messages carry presigned
	 * links
	 */
	public Optional<URI> publicUrl() {
		return Optional.ofNullable(this.publicUrl);
	}

	/**
	 * The link to a dump within the service's own address.
	 * @param dump its number
	 * @return a path such as {@code /d/17.abc}; a secret
	 */
	public String path(long dump) {
		return "/d/" + dump + "." + this.signer.sign(Long.toString(dump));
	}

	/** Whether messages carry these links. */
	boolean areUsed() {
		return this.publicUrl != null;
	}

	/** The link to a dump, or empty where messages carry presigned ones. */
	Optional<String> to(long dump) {
		return Optional.ofNullable(this.publicUrl).map((url) -> url.toString().replaceAll("/+$", "") + path(dump));
	}

	/**
	 * Finds the dump that somebody follows a link to.
	 * @param token what stands behind {@code /d/}
	 * @return the dump, or empty where the link is none of ours
	 * @throws dev.dumpkeeper.gateway.GatewayException when it cannot be found out whether
	 * the dump is still a file of its volume
	 */
	public Optional<Target> follow(String token) {
		Matcher matcher = TOKEN.matcher(token);
		if (!matcher.matches() || !this.signer.isSignatureOf(matcher.group(1), matcher.group(2))) {
			return Optional.empty();
		}
		Optional<Dump> dump = this.ledger.find(Long.parseLong(matcher.group(1)));
		return Optional.of(new Target(dump.map((found) -> found.volume() + "/" + found.key()),
				dump.flatMap((found) -> this.addresses.sign(found, ON_CLICK))));
	}

	/**
	 * Where a link leads.
	 *
	 * @param name the volume and the key, empty when the dump is gone
	 * @param address from where it can be downloaded, empty also where it may be
	 * another's file; a secret
	 */
	public record Target(Optional<String> name, Optional<URI> address) {

		/** The address lets anybody in. */
		@Override
		public String toString() {
			return "Target[name=" + this.name + "]";
		}

	}

}
