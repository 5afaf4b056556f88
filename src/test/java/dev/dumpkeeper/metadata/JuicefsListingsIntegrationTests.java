package dev.dumpkeeper.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathResolver.Reached;
import dev.dumpkeeper.gateway.TestGateways;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.Lab;
import dev.dumpkeeper.lab.PostgresServer;
import dev.dumpkeeper.lab.Tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The listing out of the metadata beside the real gateway's, of trees that pods make on a
 * mount: deep and wide ones, names of all bytes, symbolic and hard links, files of other
 * users, empty directories and those of a gateway. They are the same but for what is
 * named here:
 * <ul>
 * <li>links and files of other kinds are named themselves, not what they lead to, and so
 * are broken links, which the gateway does not show;</li>
 * <li>a directory of broken links alone is empty to the gateway;</li>
 * <li>a link whose name cannot be addressed is an object to the gateway.</li>
 * </ul>
 * 200 trees are compared, four of five in buckets, the same number on each JuiceFS. With
 * {@code -Dlisting.trees=5000} there are thousands, and others with
 * {@code -Dlisting.trees.seed}.
 */
class JuicefsListingsIntegrationTests {

	private static final int TREES = Integer.getInteger("listing.trees", 200);

	private static final int SEED = Integer.getInteger("listing.trees.seed", 1);

	/** One tree of so many has a directory as deep as {@link #DEEP} and one as wide. */
	private static final int SPECIAL = 200;

	private static final int DEEP = 60;

	/** More than a page. */
	private static final int WIDE = 1100;

	/** Pods' users. */
	private static final int USERS = 1000;

	private static final boolean MAY_CHOWN = "root".equals(System.getProperty("user.name"));

	/** On either side of a slash, and what people put into names. */
	private static final String PLAIN = "-.!#$%&'()*+,:;=@_~ 09aAz{}|^`";

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12.345678Z");

	@TempDir
	private Path directory;

	private Path mount;

	private @Nullable AutoCloseable mounted;

	private @Nullable JuicefsGateway server;

	private MetadataDatabase database = new MetadataDatabase(null, null, null);

	private final List<String> renames = new ArrayList<>();

	/** Of the tree that grows. */
	private final List<Path> files = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		this.database.close();
		if (this.mounted != null) {
			this.mounted.close();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	@JuicefsTest
	void randomTreesAreListedAlikeWhereVolumesAreBuckets(Path binary, TestReporter reporter) {
		randomTreesAreListedAlike(binary, JuicefsGateway.Layout.MULTI, trees(4), reporter);
	}

	@JuicefsTest
	void randomTreesAreListedAlikeWhereVolumesAreDirectories(Path binary, TestReporter reporter) {
		randomTreesAreListedAlike(binary, JuicefsGateway.Layout.SINGLE, trees(1), reporter);
	}

	private static int trees(int fifths) {
		return Math.max(4, TREES * fifths / (5 * JuicefsGateway.binaries().size()));
	}

	private void randomTreesAreListedAlike(Path binary, JuicefsGateway.Layout layout, int trees,
			TestReporter reporter) {
		Assumptions.assumeTrue(JuicefsGateway.canMount(), "no FUSE here");
		reporter.publishEntry("listing.trees.seed", Integer.toString(SEED));
		DumpGateway gateway = start(binary, layout);
		List<String> volumes = new ArrayList<>();
		for (int tree = 0; tree < trees; tree++) {
			String volume = "tree-%05d".formatted(tree);
			volumes.add(volume);
			this.files.clear();
			grow(new Random(31L * SEED + tree), gateway.volume(volume), this.mount.resolve(volume), "", 0);
			if (tree % SPECIAL == 0) {
				deepAndWide(this.mount.resolve(volume));
			}
		}
		this.server.metadata(this.renames.toArray(String[]::new));
		assertThat(listings().volumes()).containsAll(volumes).containsAll(gateway.volumes());
		// The gateway remembers for a second what it has seen of a directory of its own.
		volumes.forEach((volume) -> assertAlike(gateway.volume(volume), volume, false));
		assertAlike(gateway.volume("large"), "large", true);
		assertAlike(gateway.volume("target"), "target", true);
		assertThat(nodes("type = 1 AND nlink > 1")).as("hard links").isPositive();
		assertThat(nodes("uid >= " + USERS + " AND gid >= " + USERS)).as("files of pods")
			.matches((count) -> count > 0 || !MAY_CHOWN);
	}

	private long nodes(String condition) {
		return JuicefsGateway.metadata().count(database(), "SELECT COUNT(*) FROM jfs_node WHERE " + condition);
	}

	/** Of a file and of a directory, beside letters that make all names valid. */
	@JuicefsTest
	void everyByteThatANameCanHoldIsListedAlike(Path binary) {
		DumpGateway gateway = start(binary, JuicefsGateway.Layout.MULTI);
		List<String> renamed = new ArrayList<>();
		for (int value = 1; value < 256; value++) {
			if (value != '/') {
				String rename = "UPDATE jfs_edge SET name = X'%s' WHERE name = '%s-%03d'";
				renamed.add(rename.formatted("6E%02X6E".formatted(value), "file", value));
				renamed.add(rename.formatted("6E%02X".formatted(value), "directory", value));
			}
		}
		this.server.metadata(renamed.toArray(String[]::new));
		assertThat(names(listings(), "bytes")).hasSize(2 * 255).contains("n\u0001n", "n\u007F/within", "n\\n", "n%n");
		assertAlike(gateway.volume("bytes"), "bytes", true);
	}

	@JuicefsTest
	void whatIsInTheTrashIsInNoVolume(Path binary) {
		Assumptions.assumeTrue(JuicefsGateway.canMount(), "no FUSE here");
		DumpGateway gateway = start(binary, JuicefsGateway.Layout.MULTI);
		write(this.mount.resolve("target/deleted"), OLD);
		delete(this.mount.resolve("target/deleted"));
		assertThat(JuicefsGateway.metadata()
			.count(database(), "SELECT COUNT(*) FROM jfs_edge WHERE name LIKE '%deleted%'")).isEqualTo(1);
		assertAlike(gateway.volume("target"), "target", true);
		assertThat(names(listings(), "target")).doesNotContain("deleted");
		assertThat(listings().volumes()).allSatisfy((name) -> assertThat(name).doesNotStartWith("."));
	}

	@JuicefsTest
	void theGrantsOfTheDocumentsAreEnoughAndShowNoSecret(Path binary) throws IOException {
		DumpGateway gateway = start(binary, JuicefsGateway.Layout.MULTI);
		String user = "reader_" + database();
		List<String> grants = Files.readAllLines(Path.of("docs/capacity.md"))
			.stream()
			.filter((line) -> line.startsWith("GRANT SELECT ") && line.endsWith(" TO 'dumpkeeper'@'%';"))
			.map((line) -> line.replace(" ON juicefs.", " ON " + database() + ".")
				.replace("'dumpkeeper'@'%';", "'" + user + "'@'127.0.0.1'"))
			.toList();
		assertThat(grants).isNotEmpty();
		JuicefsGateway.metadata().execute(database(), "CREATE USER '" + user + "'@'127.0.0.1' IDENTIFIED BY 'reader'");
		assertThatExceptionOfType(dev.dumpkeeper.gateway.GatewayException.class)
			.isThrownBy(() -> listings(user).volumes())
			.withMessageContaining("does not let the user read");
		grants.forEach((grant) -> JuicefsGateway.metadata().execute(database(), grant));
		ListingSource reader = listings(user);
		assertThat(reader.volumes()).containsAll(gateway.volumes());
		assertThat(names(reader, "large")).hasSize(2500);
		assertThat(reader.stat("large", new ObjectKey("d1/f0001"))).isPresent();
		JuicefsPaths paths = new JuicefsPaths(this.database);
		assertThat(reader.mayLag()).isFalse();
		assertThat(reader.stat("large", List.of(new ObjectKey("d1/f0001"), new ObjectKey("d2/f0002")))).hasSize(2);
		assertThat(new JuicefsDirectories(paths).changed(List.of("large"), List.of("d1"))).containsExactly("large");
		assertThat(paths.resolve("large", List.of("d1/f0001"))).containsValue(Reached.DIRECTLY);
		assertThat(paths.haveOneOwner("large", new ObjectKey("d1/f0001"), new ObjectKey("d2/f0002"))).isTrue();
		for (String table : List.of("jfs_setting", "jfs_symlink", "jfs_session2")) {
			try (Connection connection = this.database.connect()) {
				assertThatExceptionOfType(SQLException.class).as(table)
					.isThrownBy(() -> connection.createStatement().executeQuery("SELECT * FROM " + table));
			}
			catch (SQLException ex) {
				throw new AssertionError(ex);
			}
		}
		JuicefsGateway.metadata()
			.execute(database(), "REVOKE SELECT (atime) ON jfs_node FROM '" + user + "'@'127.0.0.1'");
		assertThatExceptionOfType(dev.dumpkeeper.gateway.GatewayException.class).isThrownBy(reader::volumes)
			.withMessageContainingAll("does not let the user read jfs_node (inode, length, mtime, mtimensec, atime)",
					"docs/capacity.md");
	}

	@JuicefsTest
	void postgresqlListsTheSameWithTheGrantsOfTheDocuments(Path binary) throws Exception {
		Assumptions.assumeTrue(PostgresServer.available(), "no PostgreSQL here");
		start(binary, JuicefsGateway.Layout.MULTI);
		List<String> names = names(listings(), "large");
		Path dump = this.directory.resolve("dump.json");
		Lab.run(binary.toString(), "dump", JuicefsGateway.metadata().juicefsUrl(database()), dump.toString());
		try (PostgresServer postgres = new PostgresServer()) {
			Lab.run(binary.toString(), "load", postgres.juicefsUrl(), dump.toString());
			postgres.execute("juicefs", "CREATE USER dumpkeeper_reader");
			for (String line : Files.readAllLines(Path.of("docs/capacity.md"))) {
				if (line.startsWith("GRANT SELECT ") && line.endsWith(" TO dumpkeeper;")) {
					postgres.execute("juicefs", line.replace("TO dumpkeeper;", "TO dumpkeeper_reader"));
				}
			}
			this.database.close();
			this.database = new MetadataDatabase(postgres.jdbcUrl("juicefs"), "dumpkeeper_reader", "");
			assertThat(listings().volumes()).contains("large", "target", "Not_A_Bucket");
			assertThat(listings().mayLag()).isFalse();
			JuicefsDirectories directories = new JuicefsDirectories(new JuicefsPaths(this.database));
			assertThat(directories.changed(List.of("large", "target"), List.of("full"))).containsExactly("target");
			assertThat(directories.changed(List.of("large", "target"), List.of("full"))).isEmpty();
			assertThat(names(listings(), "large")).isEqualTo(names);
			assertThat(listings().stat("target", new ObjectKey("full/a")))
				.hasValueSatisfying((file) -> assertThat(file.isUnchangedSince(3, OLD)).isTrue());
			assertThat(new JuicefsPaths(this.database).resolve("target", List.of("full/a", "full/b/c")))
				.containsEntry("full/a", Reached.DIRECTLY)
				.containsEntry("full/b/c", Reached.NOT_AT_ALL);
			assertThatChecksAreCurrent(listings(), () -> update(postgres));
			postgres.execute("juicefs", "REVOKE SELECT (atime) ON jfs_node FROM dumpkeeper_reader");
			assertThatExceptionOfType(dev.dumpkeeper.gateway.GatewayException.class)
				.isThrownBy(() -> listings().volumes())
				.withMessageContaining("does not let the user read jfs_node");
		}
	}

	@JuicefsTest
	void aCheckShowsWhatWasCommittedSinceTheOneBeforeAndSinceTheListing(Path binary) {
		start(binary, JuicefsGateway.Layout.MULTI);
		assertThatChecksAreCurrent(listings(), () -> this.server
			.metadata("UPDATE jfs_node n JOIN jfs_edge e ON e.inode = n.inode SET n.length = 5 WHERE e.name = 'a'"));
	}

	private void assertThatChecksAreCurrent(JuicefsListings listings, Runnable change) {
		List<ObjectKey> keys = List.of(new ObjectKey("full/a"));
		try (ListingSource.Listing listing = listings.open("target")) {
			assertThat(listings.stat("target", keys).get(keys.get(0)).size()).isEqualTo(3);
			change.run();
			assertThat(listings.stat("target", keys).get(keys.get(0)).size()).isEqualTo(5);
			assertThat(listing.next().entries()).filteredOn((entry) -> entry.name().equals("full/a"))
				.singleElement()
				.extracting(ObjectEntry::size)
				.isEqualTo(3L);
		}
	}

	@JuicefsTest
	void aServerThatIsReadOnlyMayLag(Path binary) {
		start(binary, JuicefsGateway.Layout.MULTI);
		assertThat(listings().mayLag()).isFalse();
		JuicefsGateway.metadata().execute(database(), "SET GLOBAL read_only = 1");
		try {
			assertThat(listings().mayLag()).isTrue();
			assertThatExceptionOfType(dev.dumpkeeper.gateway.GatewayException.class)
				.isThrownBy(() -> listings().stat("large", List.of(new ObjectKey("d1/f0001"))))
				.withMessageContaining("read-only by now");
		}
		finally {
			JuicefsGateway.metadata().execute(database(), "SET GLOBAL read_only = 0");
		}
	}

	private static void update(PostgresServer postgres) {
		try {
			postgres.execute("juicefs",
					"UPDATE jfs_node SET length = 5 WHERE inode IN (SELECT inode FROM jfs_edge WHERE name = 'a')");
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
	}

	private DumpGateway start(Path binary, JuicefsGateway.Layout layout) {
		Tree tree = Tree.create()
			.directory("target/empty")
			.file("target/full/a", 3, OLD)
			.file("target/full/deep/b", 4, OLD)
			.directory("Not_A_Bucket")
			.files(255, (i) -> new Tree.File("bytes/file-%03d".formatted(i + 1), i, OLD))
			.files(255, (i) -> new Tree.File("bytes/directory-%03d/within".formatted(i + 1), i, OLD))
			.files(2500, (i) -> new Tree.File("large/d%d/f%04d".formatted(i % 3, i), i, OLD.plusSeconds(i)));
		this.server = JuicefsGateway.start(binary, tree, layout, 1);
		if (JuicefsGateway.canMount()) {
			this.mount = this.directory.resolve("mount");
			makeDirectory(this.mount);
			this.mounted = this.server.mount(this.mount);
		}
		listings(JuicefsGateway.metadata().username());
		DumpGateway gateway = (layout == JuicefsGateway.Layout.MULTI) ? TestGateways.open(this.server.endpoint())
				: TestGateways.openDirectories(this.server.endpoint(), this.server.bucket());
		return TestGateways.withoutLinks(gateway, new JuicefsPaths(this.database));
	}

	private String database() {
		return this.server.jdbcUrl().replaceAll(".*/", "");
	}

	private JuicefsListings listings() {
		return new JuicefsListings(this.database, new JuicefsPaths(this.database));
	}

	private JuicefsListings listings(String user) {
		this.database.close();
		this.database = new MetadataDatabase(this.server.jdbcUrl(), user,
				user.startsWith("reader") ? "reader" : JuicefsGateway.metadata().password());
		return listings();
	}

	/** What a pod, a gateway and time make of a directory. */
	private void grow(Random random, DumpBucket bucket, Path at, String key, int depth) {
		makeDirectory(at);
		Set<String> taken = new HashSet<>();
		for (int entries = random.nextInt((depth == 0) ? 12 : 6); entries > 0; entries--) {
			String name = name(random);
			if (!taken.add(name)) {
				continue;
			}
			Path path = at.resolve(name);
			switch (random.nextInt(13)) {
				case 0 -> link(path,
						List.of("/target/full", "/target/empty", "/target/full/a", "/nothing").get(random.nextInt(4)),
						depth);
				case 1 -> Lab.run("mkfifo", path.toString());
				case 2 -> {
					String made = key + name + "/";
					if (ObjectKey.parse(made).isPresent()) {
						bucket.put(new ObjectKey(made), new byte[0]);
						if (random.nextBoolean()) {
							write(path.resolve("inside"), time(random));
						}
						continue;
					}
				}
				case 3, 4, 5, 6 -> {
					if (depth < 6) {
						grow(random, bucket, path, key + name + "/", depth + 1);
					}
				}
				case 7 -> {
					if (!this.files.isEmpty()) {
						link(path, this.files.get(random.nextInt(this.files.size())));
					}
				}
				default -> {
					write(path, time(random));
					this.files.add(path);
				}
			}
			if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
				giveAway(random, path);
				rename(random, path);
			}
		}
	}

	private static void deepAndWide(Path volume) {
		Path deepest = volume;
		for (int depth = 0; depth < DEEP; depth++) {
			deepest = deepest.resolve("d" + depth % 3);
		}
		makeDirectory(deepest);
		Path file = deepest.resolve("file");
		write(file, OLD);
		Path wide = volume.resolve("wide");
		makeDirectory(wide);
		for (int i = 0; i < WIDE; i++) {
			link(wide.resolve("hard-link-" + i), file);
		}
	}

	private static void link(Path path, Path file) {
		try {
			Files.createLink(path, file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Some names belong to pods' users, who may have shut all others out. */
	private static void giveAway(Random random, Path path) {
		if (!MAY_CHOWN || random.nextInt(3) > 0) {
			return;
		}
		try {
			Files.setAttribute(path, "unix:uid", USERS + random.nextInt(5), LinkOption.NOFOLLOW_LINKS);
			Files.setAttribute(path, "unix:gid", USERS + random.nextInt(5), LinkOption.NOFOLLOW_LINKS);
			if (random.nextBoolean() && !Files.isSymbolicLink(path)) {
				Files.setAttribute(path, "unix:mode", random.nextBoolean() ? 0 : 0600);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Instant time(Random random) {
		return switch (random.nextInt(10)) {
			case 0 -> Instant.ofEpochSecond(-random.nextInt(1_000_000_000), random.nextInt(1_000_000) * 1000L);
			case 1 -> Instant.ofEpochSecond(260_000_000_000L);
			default -> OLD.minusNanos(random.nextLong(1L << 55));
		};
	}

	private static String name(Random random) {
		StringBuilder name = new StringBuilder();
		for (int length = 1 + random.nextInt(4); length > 0; length--) {
			name.append(PLAIN.charAt(random.nextInt(PLAIN.length())));
		}
		String text = name.toString();
		return (text.equals(".") || text.equals("..")) ? "dots" : text;
	}

	/** Some names get bytes that this program could not give to a file itself. */
	private void rename(Random random, Path path) {
		if (random.nextInt(3) > 0) {
			return;
		}
		byte[] name = new byte[1 + random.nextInt((random.nextInt(10) == 0) ? 254 : 5)];
		for (int i = 0; i < name.length; i++) {
			do {
				name[i] = (byte) (random.nextBoolean() ? random.nextInt(1, 48) : random.nextInt(1, 256));
			}
			while (name[i] == '/');
		}
		if (random.nextBoolean()) {
			name = ("\u00fc\uFF5E\ud83d\ude00" + random.nextInt(1000)).getBytes(StandardCharsets.UTF_8);
		}
		String text = new String(name, StandardCharsets.ISO_8859_1);
		if (text.equals(".") || text.equals("..")) {
			return;
		}
		try {
			Object inode = Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
			Object parent = Files.getAttribute(path.getParent(), "unix:ino");
			// A hard link keeps its name in other directories.
			this.renames.add("UPDATE IGNORE jfs_edge SET name = X'" + HexFormat.of().formatHex(name)
					+ "' WHERE parent = " + parent + " AND inode = " + inode);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void link(Path path, String target, int depth) {
		try {
			Files.createSymbolicLink(path, Path.of("../".repeat(depth + 1).replaceAll("/$", "") + target));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void makeDirectory(Path path) {
		try {
			Files.createDirectories(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path path, Instant lastModified) {
		try {
			Files.write(path, path.getFileName().toString().getBytes(StandardCharsets.UTF_8));
			Files.setLastModifiedTime(path, FileTime.from(lastModified));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void delete(Path path) {
		try {
			Files.delete(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void assertAlike(DumpBucket bucket, String volume, boolean timesOfDirectories) {
		List<ObjectEntry> shown = new ArrayList<>();
		Set<String> shownLinked = new TreeSet<>();
		ListingPage page = null;
		do {
			page = bucket.list("", (page != null) ? page.next() : null);
			shown.addAll(page.entries());
			shownLinked.addAll(page.linked());
		}
		while (page.next() != null);
		List<ObjectEntry> known = new ArrayList<>();
		List<String> linked = new ArrayList<>();
		try (ListingSource.Listing listing = listings().open(volume)) {
			do {
				page = listing.next();
				page.entries()
					.forEach((entry) -> known.add(new ObjectEntry(entry.name(), entry.size(), entry.lastModified())));
				linked.addAll(page.linked());
			}
			while (page.next() != null);
		}
		if (!timesOfDirectories) {
			shown.replaceAll(JuicefsListingsIntegrationTests::withoutTimeOfADirectory);
			known.replaceAll(JuicefsListingsIntegrationTests::withoutTimeOfADirectory);
		}
		shown.removeIf((entry) -> isNamedDifference(entry, linked, known));
		assertThat(known).as("%s, seed %d", volume, SEED).containsExactlyElementsOf(shown);
		assertThat(shownLinked).as(volume)
			.allSatisfy((name) -> assertThat(linked).as(name)
				.anyMatch((link) -> name.equals(link) || name.startsWith(link + "/")));
	}

	private static ObjectEntry withoutTimeOfADirectory(ObjectEntry entry) {
		return entry.isDirectory() ? new ObjectEntry(entry.name(), entry.size(), Instant.EPOCH) : entry;
	}

	private static boolean isNamedDifference(ObjectEntry entry, List<String> linked, List<ObjectEntry> known) {
		String name = entry.name();
		boolean unusable = ObjectKey.parse(name).isEmpty();
		return linked.stream()
			.anyMatch((link) -> unusable && (name.equals(link) || name.startsWith(link + "/")) || name.endsWith("/")
					&& link.startsWith(name) && link.indexOf('/', name.length()) < 0 && !known.contains(entry));
	}

	private List<String> names(ListingSource source, String volume) {
		List<String> names = new ArrayList<>();
		try (ListingSource.Listing listing = source.open(volume)) {
			ListingPage page;
			do {
				page = listing.next();
				page.entries().forEach((entry) -> names.add(entry.name()));
			}
			while (page.next() != null);
		}
		return names;
	}

}
