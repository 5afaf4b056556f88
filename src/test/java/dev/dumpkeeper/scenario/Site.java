package dev.dumpkeeper.scenario;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

	private final boolean listedInMetadata;

	private final Function<Tree, TestGateway> starter;

	private TestGateway gateway;

	private Site(String name, boolean directories, boolean bucketInTree, boolean listedInMetadata,
			Function<Tree, TestGateway> starter) {
		this.name = name;
		this.directories = directories;
		this.bucketInTree = bucketInTree;
		this.listedInMetadata = listedInMetadata;
		this.starter = starter;
	}

	static Site s3proxy(boolean directories) {
		return new Site("S3Proxy" + layout(directories), directories, directories, false, S3ProxyGateway::start);
	}

	static Site juicefs(Path binary, boolean directories) {
		return juicefs(binary, directories, 0);
	}

	static Site juicefs(Path binary, boolean directories, int trashDays) {
		JuicefsGateway.Layout layout = directories ? JuicefsGateway.Layout.SINGLE : JuicefsGateway.Layout.MULTI;
		return new Site("JuiceFS " + JuicefsGateway.version(binary) + layout(directories), directories, false, false,
				(tree) -> JuicefsGateway.start(binary, tree, layout, trashDays));
	}

	private static String layout(boolean directories) {
		return directories ? ", directories of one bucket" : ", buckets";
	}

	/** The same JuiceFS, not started, whose volumes are listed in its metadata. */
	Site listedInMetadata() {
		return new Site(this.name + ", listed in the metadata", this.directories, this.bucketInTree, true,
				this.starter);
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

	/** The properties for this gateway. */
	Dumpkeeper configure(Dumpkeeper dumpkeeper) {
		Dumpkeeper configured = this.directories
				? dumpkeeper.with("dumpkeeper.gateway.layout", "directories").with("dumpkeeper.gateway.bucket", BUCKET)
				: dumpkeeper;
		return this.listedInMetadata ? configured.with("dumpkeeper.scan.source", "metadata")
			.with("dumpkeeper.metadata.url", juicefs().jdbcUrl())
			.with("dumpkeeper.metadata.username", JuicefsGateway.metadata().username())
			.with("dumpkeeper.metadata.password", JuicefsGateway.metadata().password()) : configured;
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

	/**
	 * Has scans of a volume fail. Those that list it in the metadata ask the gateway for
	 * some of its files.
	 * @param proxy what stands before this gateway
	 * @param volume the volume
	 * @param status what the gateway answers
	 * @param code S3's word for it
	 * @return what the report has to say of it
	 */
	String failScans(FaultyProxy proxy, String volume, int status, String code) {
		if (this.listedInMetadata) {
			proxy
				.on((request) -> request.method().equals("HEAD") && request.target().contains("/" + volume + "/")
						&& request.target().contains(".hprof"))
				.answer(status, "application/xml", "");
			return ": " + status;
		}
		proxy.on((request) -> isScan(request, volume))
			.answer(status, "application/xml", "<?xml version=\"1.0\"?><Error><Code>" + code
					+ "</Code><Message>As the test wants it</Message></Error>");
		return ": " + status + " " + code;
	}

	/**
	 * Does something between the scan of a volume and the last check of its later files.
	 * @param proxy what stands before this gateway
	 * @param volume the volume, of which more than 20 files expire
	 * @param change what is done, once
	 */
	void betweenScanAndCheck(FaultyProxy proxy, String volume, Runnable change) {
		if (this.listedInMetadata) {
			// The first batch is short, and the others are checked after it.
			proxy.on((request) -> request.method().equals("POST")).times(1).before(change);
			return;
		}
		AtomicInteger scans = new AtomicInteger();
		proxy.on((request) -> isScan(request, volume)).after(scans::incrementAndGet);
		proxy.on((request) -> scans.get() > 0 && isSecondListing(request, volume)).times(1).before(change);
	}

	/**
	 * Does something while scans see only the first files of a volume.
	 * @param proxy what stands before this gateway
	 * @param volume the volume, with all its files in its directory of dumps
	 * @param files how many
	 * @param work what is done
	 * @return its result
	 */
	<T> T seeingOnly(FaultyProxy proxy, String volume, int files, Supplier<T> work) {
		if (this.listedInMetadata) {
			String cut = (files == 0) ? volume : volume + "/dumpfiles";
			juicefs().hide(cut, files);
			try {
				return work.get();
			}
			finally {
				juicefs().show(cut);
			}
		}
		AtomicBoolean isCut = new AtomicBoolean(true);
		proxy.on((request) -> isCut.get() && isScan(request, volume))
			.transformBody((body) -> edit(body, (xml) -> contents(xml, files)));
		try {
			return work.get();
		}
		finally {
			isCut.set(false);
		}
	}

	/**
	 * Has scans of a volume show a file by another name as well.
	 * @param proxy what stands before this gateway
	 * @param volume the volume
	 * @param file a file in its directory of dumps
	 * @param name the other name there, which no file can have
	 */
	void seeingAlso(FaultyProxy proxy, String volume, String file, String name) {
		if (this.listedInMetadata) {
			juicefs().name(volume + "/dumpfiles", file, name);
			return;
		}
		String key = (this.directories ? volume + "/" : "") + "dumpfiles/" + name;
		proxy.on((request) -> isScan(request, volume))
			.transformBody(
					(body) -> edit(body, (xml) -> xml.replaceFirst("(?s)<Contents>(.*?<Key>).*?(</Key>.*?</Contents>)",
							"<Contents>$1" + Matcher.quoteReplacement(key) + "$2$0")));
	}

	/** The page of a listing with only its first keys. */
	private static String contents(String xml, int keep) {
		Matcher contents = Pattern.compile("(?s)<Contents>.*?</Contents>").matcher(xml);
		AtomicInteger seen = new AtomicInteger();
		return contents
			.replaceAll((match) -> (seen.getAndIncrement() < keep) ? Matcher.quoteReplacement(match.group()) : "");
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
	private static byte[] edit(byte[] body, Function<String, String> change) {
		return change.apply(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
	}

}
