package dev.dumpkeeper.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.minio.Http;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes of one gateway: one for each address that its endpoints have, as behind a
 * headless Service. Whatever has the same affinity goes to the same one, since the state
 * of a listing is in a gateway's process; when it fails, the next one takes over. Each
 * Dumpkeeper chooses alike, without a word between them.
 */
final class Replicas {

	private static final Logger logger = LoggerFactory.getLogger(Replicas.class);

	/** For how long one that failed is not asked first. */
	private static final Duration ASIDE = Duration.ofSeconds(10);

	/** Kubernetes changes the addresses of a Service when a pod comes or goes. */
	private static final Duration RESOLVED_FOR = Duration.ofSeconds(30);

	/** More cannot be meant, and a name server is a stranger. */
	private static final int MOST = 64;

	private final List<Http.BaseUrl> endpoints;

	private final OkHttpClient http;

	private final Resolver resolver;

	/** Once made kept, so that its connections are found again. */
	private Map<String, Replica> known = Map.of();

	private List<Replica> current = List.of();

	private long resolvedAt;

	/** When each failed last, by its label. */
	private final Map<String, Long> failures = new ConcurrentHashMap<>();

	Replicas(List<URI> endpoints, OkHttpClient http) {
		this(endpoints, http, InetAddress::getAllByName);
	}

	Replicas(List<URI> endpoints, OkHttpClient http, Resolver resolver) {
		this.endpoints = endpoints.stream().map(Replicas::baseUrl).toList();
		this.http = http;
		this.resolver = resolver;
	}

	static Http.BaseUrl baseUrl(URI endpoint) {
		Http.BaseUrl url = new Http.BaseUrl(endpoint.toString());
		url.disableVirtualStyleEndpoint();
		return url;
	}

	/**
	 * Chooses a process by rendezvous hashing, so that few volumes move when one comes or
	 * goes.
	 * @return the first that has not failed lately, or the one that failed first
	 */
	Replica choose(String affinity) {
		List<Replica> all = current();
		if (all.size() == 1) {
			return all.get(0);
		}
		long now = System.nanoTime();
		List<Replica> ordered = all.stream()
			.sorted(Comparator.comparingLong((Replica replica) -> weight(affinity, replica)).reversed())
			.toList();
		return ordered.stream()
			.filter((replica) -> isTrusted(replica, now))
			.findFirst()
			.orElseGet(() -> ordered.stream()
				.min(Comparator.comparingLong((replica) -> this.failures.getOrDefault(replica.label(), now) - now))
				.orElseThrow());
	}

	private boolean isTrusted(Replica replica, long now) {
		Long failedAt = this.failures.get(replica.label());
		return failedAt == null || now - failedAt > ASIDE.toNanos();
	}

	/** Remembers that a process did not answer, or said that it cannot. */
	void failed(Replica replica) {
		this.failures.put(replica.label(), System.nanoTime());
	}

	private static long weight(String affinity, Replica replica) {
		// The finalizer of SplitMix64: hash codes of alike texts are close to each other.
		long mixed = ((long) affinity.hashCode() << 32) ^ replica.label().hashCode();
		mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

	private synchronized List<Replica> current() {
		if (this.current.isEmpty() || System.nanoTime() - this.resolvedAt > RESOLVED_FOR.toNanos()) {
			Map<String, Replica> found = new LinkedHashMap<>();
			this.endpoints.forEach((endpoint) -> resolve(endpoint).forEach((replica) -> {
				if (found.size() < MOST) {
					found.putIfAbsent(replica.label(), this.known.getOrDefault(replica.label(), replica));
				}
			}));
			if (found.size() != this.current.size() && found.size() > 1) {
				logger.info("the gateway has {} addresses, which share its volumes", found.size());
			}
			this.failures.keySet().retainAll(found.keySet());
			this.known = found;
			this.current = List.copyOf(found.values());
			this.resolvedAt = System.nanoTime();
		}
		return this.current;
	}

	/** A name with one address, or an unknown one, is left to the client. */
	private List<Replica> resolve(Http.BaseUrl endpoint) {
		Replica whole = replica(endpoint, endpoint.toString(), this.http);
		try {
			InetAddress[] all = this.resolver.resolve(host(endpoint));
			// A process with addresses of both kinds is counted once.
			List<InetAddress> addresses = Arrays.stream(all)
				.filter((address) -> address.getClass() == all[0].getClass())
				.distinct()
				.toList();
			return (addresses.size() < 2) ? List.of(whole)
					: addresses.stream().map((address) -> at(endpoint, address)).toList();
		}
		catch (UnknownHostException ex) {
			return List.of(whole);
		}
	}

	/** The name stays, since requests are signed and certificates issued for it. */
	private Replica at(Http.BaseUrl endpoint, InetAddress address) {
		return replica(endpoint, endpoint + " (" + address.getHostAddress() + ")",
				this.http.newBuilder().dns((host) -> List.of(address)).build());
	}

	private static Replica replica(Http.BaseUrl endpoint, String label, OkHttpClient http) {
		return new Replica(endpoint, label, http, http.newBuilder().retryOnConnectionFailure(false).build());
	}

	private static String host(Http.BaseUrl endpoint) {
		String host = URI.create(endpoint.toString()).getHost();
		return (host.startsWith("[")) ? host.substring(1, host.length() - 1) : host;
	}

	/** Returns the addresses of a host, at least one. */
	interface Resolver {

		InetAddress[] resolve(String host) throws UnknownHostException;

	}

	/**
	 * One process of the gateway.
	 *
	 * @param endpoint the address that requests are signed for
	 * @param label how messages name it
	 * @param http what speaks to it
	 * @param once the same without a repetition by itself, for deletes
	 */
	record Replica(Http.BaseUrl endpoint, String label, OkHttpClient http, OkHttpClient once) {

	}

}
