package dev.dumpkeeper.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The real gateway, run as a process, over a volume of its own. Its metadata is in a
 * database server that all gateways of this JVM share and nothing else uses.
 */
public final class JuicefsGateway implements TestGateway {

	private static final String VOLUME = "lab";

	private static final long ROOT_INODE = 1;

	private static final int DIRECTORY_TYPE = 2;

	/** Added to a directory's inode where its names are hidden; no inode is as high. */
	private static final long HIDDEN = 1L << 60;

	private final Path binary;

	private final Path directory;

	private final String database;

	private final Layout layout;

	private final int port = Lab.freePort();

	private final int metricsPort = Lab.freePort();

	private final Process process;

	private JuicefsGateway(Path binary, Tree tree, Layout layout, int trashDays) throws IOException {
		this.binary = binary;
		this.layout = layout;
		this.directory = Lab.temporaryDirectory("juicefs");
		this.database = metadata().newDatabase("juicefs");
		load(tree, trashDays);
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		awaitLive();
	}

	private JuicefsGateway(JuicefsGateway other) throws IOException {
		this.binary = other.binary;
		this.layout = other.layout;
		this.directory = Lab.temporaryDirectory("juicefs");
		this.database = other.database;
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		awaitLive();
	}

	/**
	 * Starts another process over the same volume, as a second replica.
	 * @return the running gateway, to be closed before this one
	 */
	public JuicefsGateway replica() {
		try {
			return new JuicefsGateway(this);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The JuiceFS programs to test with: those that the environment variable
	 * {@code JUICEFS_BINARIES} names, or else the one on the {@code PATH}.
	 * @return their paths; none where there is no JuiceFS
	 */
	public static List<Path> binaries() {
		String named = System.getenv("JUICEFS_BINARIES");
		if (named != null) {
			return paths(named).filter(Files::isExecutable).toList();
		}
		return paths(System.getenv().getOrDefault("PATH", "")).map((path) -> path.resolve("juicefs"))
			.filter(Files::isExecutable)
			.limit(1)
			.toList();
	}

	/**
	 * Whether there is a JuiceFS program to test with.
	 * @return whether {@link #binaries()} has any
	 */
	public static boolean available() {
		return !binaries().isEmpty();
	}

	/**
	 * The server with the metadata of all gateways, to slow down or freeze.
	 * @return a server apart from {@link DatabaseServer#shared()}
	 */
	public static DatabaseServer metadata() {
		return Metadata.SERVER;
	}

	/**
	 * Starts a gateway without a trash.
	 * @param binary the JuiceFS program
	 * @param tree what the volume holds
	 * @param layout whether the directories at the top are buckets
	 * @return the running gateway
	 */
	public static JuicefsGateway start(Path binary, Tree tree, Layout layout) {
		return start(binary, tree, layout, 0);
	}

	/**
	 * Starts a gateway.
	 * @param binary the JuiceFS program
	 * @param tree what the volume holds
	 * @param layout whether the directories at the top are buckets
	 * @param trashDays how many days the volume keeps what is deleted
	 * @return the running gateway
	 */
	public static JuicefsGateway start(Path binary, Tree tree, Layout layout, int trashDays) {
		try {
			return new JuicefsGateway(binary, tree, layout, trashDays);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

	/**
	 * Where the gateway publishes its metrics.
	 * @return the address of the page
	 */
	public URI metrics() {
		return URI.create("http://127.0.0.1:" + this.metricsPort + "/metrics");
	}

	/**
	 * The bucket that is the whole volume.
	 * @return its name, in the layout {@link Layout#SINGLE}
	 */
	public String bucket() {
		if (this.layout == Layout.MULTI) {
			throw new IllegalStateException("Each directory is a bucket");
		}
		return VOLUME;
	}

	/**
	 * The database with the volume's metadata.
	 * @return its address, for JDBC
	 */
	public String jdbcUrl() {
		return metadata().jdbcUrl(this.database);
	}

	/**
	 * The version of the JuiceFS program.
	 * @return such as {@code 1.4.2}
	 */
	public String version() {
		return version(this.binary);
	}

	/**
	 * The version of a JuiceFS program.
	 * @param binary the program
	 * @return such as {@code 1.4.2}
	 */
	public static String version(Path binary) {
		String text = Lab.run(binary.toString(), "version");
		Matcher version = Pattern.compile("\\d+\\.\\d+\\.\\d+").matcher(text);
		if (!version.find()) {
			throw new IllegalStateException("No version: " + text);
		}
		return version.group();
	}

	/**
	 * Everything the gateway has printed.
	 * @return its log
	 */
	public String output() {
		return Lab.read(log());
	}

	/**
	 * Whether file systems can be mounted here.
	 * @return {@code false} where the kernel or the tools lack FUSE, or we may not use it
	 */
	public static boolean canMount() {
		return Files.isWritable(Path.of("/dev/fuse")) && paths(System.getenv().getOrDefault("PATH", ""))
			.anyMatch((path) -> Files.isExecutable(path.resolve("fusermount3"))
					|| Files.isExecutable(path.resolve("fusermount")));
	}

	/**
	 * Mounts the volume, as a pod sees it.
	 * @param mountpoint an empty directory
	 * @return what unmounts it
	 */
	public AutoCloseable mount(Path mountpoint) {
		try {
			Path log = this.directory.resolve("mount.log");
			ProcessBuilder builder = new ProcessBuilder(this.binary.toString(), "mount", "--no-usage-report",
					"--backup-meta", "0", "--heartbeat", "2s", "--cache-dir",
					this.directory.resolve("mount-cache").toString(), "--metrics", "127.0.0.1:" + Lab.freePort(),
					metadataUrl(), mountpoint.toString())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile());
			builder.environment().put("HOME", this.directory.toString());
			Process mount = builder.start();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.pollInterval(Duration.ofMillis(100))
				.failFast("The mount has ended, see " + log, () -> !mount.isAlive())
				.until(() -> Files.exists(mountpoint.resolve(".stats")));
			return () -> {
				Lab.run(this.binary.toString(), "umount", "--force", mountpoint.toString());
				mount.destroy();
				Lab.end(mount, 10);
			};
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Gives a directory a quota. The running gateway knows of it after a few seconds.
	 * @param path the directory
	 * @param gibibytes how much it may hold
	 */
	public void setQuota(String path, int gibibytes) {
		Lab.run(this.binary.toString(), "quota", "set", metadataUrl(), "--path", "/" + path, "--capacity",
				String.valueOf(gibibytes));
	}

	/**
	 * Takes a directory's quota away again.
	 * @param path the directory
	 */
	public void removeQuota(String path) {
		Lab.run(this.binary.toString(), "quota", "delete", metadataUrl(), "--path", "/" + path);
	}

	/**
	 * Changes the metadata past JuiceFS.
	 * @param sql statements
	 */
	public void metadata(String... sql) {
		try (Connection connection = metadata().connect(this.database);
				Statement statement = connection.createStatement()) {
			for (String one : sql) {
				statement.execute(one);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes the metadata away from all gateways of this JVM. Calls then take 40 s to
	 * fail.
	 */
	public void metadataAway() {
		metadata().stopServer();
	}

	public void metadataBack() {
		metadata().startServer();
	}

	/**
	 * Changes a file past the gateway, as a pod that writes to it would.
	 * @param path the file
	 * @param lastModified its new time
	 * @param size its new size
	 */
	public void touch(String path, Instant lastModified, long size) {
		update(path, "mtime = ?, mtimensec = ?, length = ?",
				lastModified.getEpochSecond() * 1_000_000 + lastModified.getNano() / 1000,
				(long) lastModified.getNano() % 1000, size);
	}

	/**
	 * Makes what is at a path impossible to delete, or possible again.
	 * @param path a file or directory
	 * @param immutable whether it can not be changed or deleted
	 */
	public void setImmutable(String path, boolean immutable) {
		update(path, "flags = ?", immutable ? 1L : 0L);
	}

	/**
	 * Hides what a directory holds but for its first names, past JuiceFS, as if it had
	 * lost the rest.
	 * @param directory the directory
	 * @param keep how many names stay
	 */
	public void hide(String directory, int keep) {
		long inode = inode(directory).orElseThrow();
		metadata("UPDATE jfs_edge e JOIN (SELECT name FROM jfs_edge WHERE parent = " + inode + " ORDER BY name LIMIT "
				+ keep + ", 1000000) hidden ON hidden.name = e.name SET e.parent = e.parent + " + HIDDEN
				+ " WHERE e.parent = " + inode);
	}

	/**
	 * Shows again what was hidden.
	 * @param directory the directory
	 */
	public void show(String directory) {
		long inode = inode(directory).orElseThrow();
		metadata("UPDATE jfs_edge SET parent = " + inode + " WHERE parent = " + (inode + HIDDEN));
	}

	/**
	 * Gives a file another name in its directory, past JuiceFS: one that it would refuse.
	 * @param directory the directory
	 * @param file the file's name in it
	 * @param name the other name
	 */
	public void name(String directory, String file, String name) {
		try (Connection connection = metadata().connect(this.database);
				PreparedStatement statement = connection
					.prepareStatement("INSERT INTO jfs_edge (parent, name, inode, type)"
							+ " SELECT parent, ?, inode, type FROM jfs_edge WHERE parent = ? AND name = ?")) {
			statement.setBytes(1, name.getBytes(StandardCharsets.UTF_8));
			statement.setLong(2, inode(directory).orElseThrow());
			statement.setBytes(3, file.getBytes(StandardCharsets.UTF_8));
			assertOne(statement.executeUpdate());
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertOne(int rows) {
		if (rows != 1) {
			throw new IllegalArgumentException(rows + " files have this name");
		}
	}

	@Override
	public SortedMap<String, Long> sizes() {
		Map<Long, List<Edge>> edges = new HashMap<>();
		try (Connection connection = metadata().connect(this.database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT e.parent, e.name, e.inode, e.type, n.length "
						+ "FROM jfs_edge e JOIN jfs_node n ON n.inode = e.inode")) {
			while (rows.next()) {
				Edge edge = new Edge(new String(rows.getBytes(2), StandardCharsets.UTF_8), rows.getLong(3),
						rows.getInt(4) == DIRECTORY_TYPE, rows.getLong(5));
				edges.computeIfAbsent(rows.getLong(1), (parent) -> new ArrayList<>()).add(edge);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		SortedMap<String, Long> sizes = new TreeMap<>();
		collect("", ROOT_INODE, edges, sizes);
		return sizes;
	}

	@Override
	public boolean exists(String path) {
		return inode(path).isPresent();
	}

	/** SIGKILL; {@link #close()} is still due. */
	public void kill() {
		this.process.destroyForcibly();
		Lab.end(this.process, 5);
	}

	@Override
	public void close() {
		this.process.destroy();
		Lab.end(this.process, 5);
		Lab.delete(this.directory);
	}

	private void load(Tree tree, int trashDays) throws IOException {
		Path storage = Files.createDirectory(this.directory.resolve("storage"));
		Path dump = this.directory.resolve("dump.json");
		Files.writeString(dump, tree.toJuicefs(VOLUME, storage.toString(), trashDays));
		Lab.run(this.binary.toString(), "load", metadataUrl(), dump.toString());
	}

	private Process launch() throws IOException {
		List<String> command = new ArrayList<>(List.of(this.binary.toString(), "gateway", "--no-usage-report",
				"--no-banner", "--backup-meta", "0", "--heartbeat", "2s", "--cache-dir",
				this.directory.resolve("cache").toString(), "--metrics", "127.0.0.1:" + this.metricsPort));
		if (this.layout == Layout.MULTI) {
			command.add("--multi-buckets");
		}
		command.addAll(List.of(metadataUrl(), "127.0.0.1:" + this.port));
		ProcessBuilder gateway = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
		gateway.environment().put("MINIO_ROOT_USER", ACCESS_KEY);
		gateway.environment().put("MINIO_ROOT_PASSWORD", SECRET_KEY);
		gateway.environment().put("HOME", this.directory.toString());
		return gateway.start();
	}

	private void awaitLive() {
		HttpClient client = HttpClient.newHttpClient();
		HttpRequest request = HttpRequest.newBuilder(endpoint().resolve("/minio/health/live")).build();
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(100))
				.ignoreExceptionsInstanceOf(IOException.class)
				.failFast("The gateway has ended", () -> !this.process.isAlive())
				.until(() -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
		}
		catch (RuntimeException ex) {
			String output = output();
			close();
			throw new IllegalStateException("The gateway does not start:\n" + output, ex);
		}
	}

	private Path log() {
		return this.directory.resolve("gateway.log");
	}

	private String metadataUrl() {
		return metadata().juicefsUrl(this.database);
	}

	private Optional<Long> inode(String path) {
		try (Connection connection = metadata().connect(this.database);
				PreparedStatement statement = connection
					.prepareStatement("SELECT inode FROM jfs_edge WHERE parent = ? AND name = ?")) {
			long inode = ROOT_INODE;
			for (String name : path.split("/")) {
				statement.setLong(1, inode);
				statement.setBytes(2, name.getBytes(StandardCharsets.UTF_8));
				try (ResultSet rows = statement.executeQuery()) {
					if (!rows.next()) {
						return Optional.empty();
					}
					inode = rows.getLong(1);
				}
			}
			return Optional.of(inode);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void update(String path, String assignments, Object... values) {
		long inode = inode(path).orElseThrow(() -> new IllegalArgumentException("Nothing is at " + path));
		try (Connection connection = metadata().connect(this.database);
				PreparedStatement statement = connection
					.prepareStatement("UPDATE jfs_node SET " + assignments + " WHERE inode = " + inode)) {
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Adds what is below a directory, without what JuiceFS keeps for itself at the top.
	 */
	private static void collect(String prefix, long parent, Map<Long, List<Edge>> edges,
			SortedMap<String, Long> sizes) {
		for (Edge edge : edges.getOrDefault(parent, List.of())) {
			if (parent == ROOT_INODE && (edge.name().endsWith(".sys") || edge.name().startsWith(".trash"))) {
				continue;
			}
			if (edge.directory()) {
				sizes.put(prefix + edge.name() + "/", 0L);
				collect(prefix + edge.name() + "/", edge.inode(), edges, sizes);
			}
			else {
				sizes.put(prefix + edge.name(), edge.length());
			}
		}
	}

	private static Stream<Path> paths(String list) {
		return Stream.of(list.split(Pattern.quote(File.pathSeparator))).filter((path) -> !path.isBlank()).map(Path::of);
	}

	/**
	 * How the gateway shows the volume.
	 */
	public enum Layout {

		/** Each directory at the volume's top is a bucket. */
		MULTI,

		/** The volume is the one bucket. */
		SINGLE

	}

	private record Edge(String name, long inode, boolean directory, long length) {
	}

	private static final class Metadata {

		static final DatabaseServer SERVER = new DatabaseServer();

	}

}
