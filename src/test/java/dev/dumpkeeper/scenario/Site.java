package dev.dumpkeeper.scenario;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.MinioException;

/**
 * A gateway in one of the two layouts. Paths here begin with the volume, whatever the
 * layout.
 */
final class Site implements AutoCloseable {

	/** Older than the retention of two days. */
	static final Duration OLD = Duration.ofDays(3);

	/** Well within it. */
	static final Duration YOUNG = Duration.ofHours(5);

	private static final String BUCKET = "lab";

	private final String name;

	private final boolean directories;

	private final boolean bucketInTree;

	private final Function<Tree, TestGateway> starter;

	private TestGateway gateway;

	private Site(String name, boolean directories, boolean bucketInTree, Function<Tree, TestGateway> starter) {
		this.name = name + (directories ? ", directories of one bucket" : ", buckets");
		this.directories = directories;
		this.bucketInTree = bucketInTree;
		this.starter = starter;
	}

	static Site s3proxy(boolean directories) {
		return new Site("S3Proxy", directories, directories, S3ProxyGateway::start);
	}

	static Site juicefs(Path binary, boolean directories) {
		return juicefs(binary, directories, 0);
	}

	static Site juicefs(Path binary, boolean directories, int trashDays) {
		JuicefsGateway.Layout layout = directories ? JuicefsGateway.Layout.SINGLE : JuicefsGateway.Layout.MULTI;
		return new Site("JuiceFS " + JuicefsGateway.version(binary), directories, false,
				(tree) -> JuicefsGateway.start(binary, tree, layout, trashDays));
	}

	/**
	 * Starts the gateway.
	 * @param planting puts there what its volumes hold
	 * @return this
	 */
	Site start(Consumer<Planting> planting) {
		Tree tree = Tree.create();
		planting.accept(new Planting(tree, root()));
		this.gateway = this.starter.apply(tree);
		return this;
	}

	/** What this gateway wants to be told. */
	Dumpkeeper configure(Dumpkeeper dumpkeeper) {
		return this.directories
				? dumpkeeper.with("dumpkeeper.gateway.layout", "directories").with("dumpkeeper.gateway.bucket", BUCKET)
				: dumpkeeper;
	}

	URI endpoint() {
		return this.gateway.endpoint();
	}

	JuicefsGateway juicefs() {
		return (JuicefsGateway) this.gateway;
	}

	/**
	 * What a volume holds, read past the gateway.
	 * @param volume its name
	 * @return the paths within it, directories with a slash
	 */
	List<String> list(String volume) {
		String prefix = root() + volume + "/";
		return this.gateway.list()
			.stream()
			.filter((path) -> path.startsWith(prefix) && !path.equals(prefix))
			.map((path) -> path.substring(prefix.length()))
			.toList();
	}

	/** Like {@link #list}, without the directories. */
	List<String> files(String volume) {
		return list(volume).stream().filter((path) -> !path.endsWith("/")).toList();
	}

	boolean exists(String path) {
		return this.gateway.exists(root() + path);
	}

	/** Writes a file anew, as a pod does. */
	void write(String path, long size, Duration age) {
		write(path, new byte[(int) size], age);
	}

	/** Writes a file anew, as a pod does. */
	void write(String path, byte[] content, Duration age) {
		Instant lastModified = Instant.now().minus(age);
		if (this.gateway instanceof S3ProxyGateway s3proxy) {
			s3proxy.write(root() + path, content, lastModified);
			return;
		}
		try {
			client().putObject(PutObjectArgs.builder()
				.bucket(bucket(path))
				.object(key(path))
				.data(content, content.length)
				.build());
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
		juicefs().touch(path, lastModified, content.length);
	}

	/** Whether the gateway shows a file now. */
	boolean isShown(String path) {
		try {
			client().statObject(StatObjectArgs.builder().bucket(bucket(path)).object(key(path)).build());
			return true;
		}
		catch (MinioException ex) {
			return false;
		}
	}

	/** Deletes a file, as a person does. */
	void delete(String path) {
		try {
			client().removeObject(RemoveObjectArgs.builder().bucket(bucket(path)).object(key(path)).build());
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether a request lists a whole volume, as a scan does.
	 * @param request the request
	 * @param volume the volume
	 * @return whether it is one
	 */
	boolean isScan(FaultyProxy.Request request, String volume) {
		return isListing(request, volume, "");
	}

	/** Whether a request lists the retention directory of a volume. */
	boolean isSecondListing(FaultyProxy.Request request, String volume) {
		return isListing(request, volume, "dumpfiles%2F");
	}

	private boolean isListing(FaultyProxy.Request request, String volume, String below) {
		String target = request.target().replace("%2f", "%2F") + "&";
		String bucket = this.directories ? BUCKET : volume;
		String prefix = this.directories ? volume + "%2F" + below : below;
		return request.method().equals("GET") && target.matches("/" + bucket + "/?\\?.*")
				&& target.contains("list-type=2") && (target.contains("prefix=" + prefix + "&")
						|| target.contains("prefix=" + prefix.replace("%2F", "/") + "&"));
	}

	/** How the volume's keys begin in the answers of this gateway. */
	String keyPrefix(String volume) {
		return this.directories ? volume + "/" : "";
	}

	private MinioClient client() {
		return MinioClient.builder()
			.endpoint(endpoint().toString())
			.region("us-east-1")
			.credentials(TestGateway.ACCESS_KEY, TestGateway.SECRET_KEY)
			.build();
	}

	private String bucket(String path) {
		return this.directories ? BUCKET : path.substring(0, path.indexOf('/'));
	}

	private String key(String path) {
		return this.directories ? path : path.substring(path.indexOf('/') + 1);
	}

	private String root() {
		return this.bucketInTree ? BUCKET + "/" : "";
	}

	@Override
	public void close() {
		if (this.gateway != null) {
			this.gateway.close();
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What volumes hold at the start.
	 *
	 * @param tree gets it
	 * @param root what its paths begin with
	 */
	record Planting(Tree tree, String root) {

		Planting file(String path, long size, Duration age) {
			this.tree.file(this.root + path, size, Instant.now().minus(age));
			return this;
		}

		Planting old(String... paths) {
			for (String path : paths) {
				file(path, 10, OLD);
			}
			return this;
		}

		Planting young(String... paths) {
			for (String path : paths) {
				file(path, 10, YOUNG);
			}
			return this;
		}

		Planting old(int count, IntFunction<String> path) {
			for (int i = 0; i < count; i++) {
				old(path.apply(i));
			}
			return this;
		}

		Planting young(int count, IntFunction<String> path) {
			for (int i = 0; i < count; i++) {
				young(path.apply(i));
			}
			return this;
		}

		Planting directory(String path) {
			this.tree.directory(this.root + path);
			return this;
		}

		Planting symlink(String path, String target) {
			this.tree.symlink(this.root + path, target);
			return this;
		}

		Planting immutable(String path) {
			this.tree.immutable(this.root + path);
			return this;
		}

	}

	/** Bodies of answers, as text. */
	static byte[] edit(byte[] body, Function<String, String> change) {
		return change.apply(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
	}

}
