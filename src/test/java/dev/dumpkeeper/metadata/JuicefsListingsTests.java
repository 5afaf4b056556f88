package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JuicefsListings} on tables like JuiceFS's.
 */
class JuicefsListingsTests {

	private static final int FILE = 1;

	private static final int DIRECTORY = 2;

	private static final int LINK = 3;

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12.345678901Z");

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final MetadataDatabase database = new MetadataDatabase(this.url, "sa", "");

	private final JuicefsListings listings = new JuicefsListings(this.database, new JuicefsPaths(this.database));

	private Connection connection;

	private long inodes = 1;

	private long shop;

	@BeforeEach
	void create() throws SQLException {
		this.connection = DriverManager.getConnection(this.url, "sa", "");
		execute("CREATE TABLE jfs_edge (parent BIGINT NOT NULL, name VARBINARY(255) NOT NULL, inode BIGINT NOT NULL,"
				+ " type TINYINT NOT NULL, UNIQUE (parent, name))");
		execute("CREATE TABLE jfs_node (inode BIGINT PRIMARY KEY, uid BIGINT, length BIGINT NOT NULL,"
				+ " mtime BIGINT NOT NULL, mtimensec SMALLINT NOT NULL, atime BIGINT NOT NULL)");
		node(1, 0);
		this.shop = edge(1, "shop", DIRECTORY, 0);
	}

	@AfterEach
	void close() throws SQLException {
		this.database.close();
		this.connection.close();
	}

	@Test
	void volumesAreTheDirectoriesAtTheRoot() throws SQLException {
		edge(1, "Other", DIRECTORY, 0);
		edge(1, ".sys", DIRECTORY, 0);
		edge(1, ".minio.sys", DIRECTORY, 0);
		edge(1, "file", FILE, 0);
		edge(1, "link", LINK, 0);
		edge(0x7FFFFFFF10000000L, "2026-11-01-10", DIRECTORY, 0);
		assertThat(this.listings.volumes()).containsExactly("Other", "shop");
	}

	@Test
	void aVolumeIsListedWithSizesAndTimesInMilliseconds() throws SQLException {
		long dumpfiles = edge(this.shop, "dumpfiles", DIRECTORY, 0);
		long inode = edge(dumpfiles, "a.hprof", FILE, 42);
		edge(dumpfiles, "link", LINK, 0);
		edge(this.shop, "dumpfiles-old", FILE, 1);
		edge(this.shop, "empty", DIRECTORY, 0);
		ListingPage page = all("shop").get(0);
		assertThat(page.entries()).extracting(ObjectEntry::name)
			.containsExactly("dumpfiles-old", "dumpfiles/a.hprof", "empty/");
		assertThat(page.entries().get(1))
			.isEqualTo(new ObjectEntry("dumpfiles/a.hprof", 42, Instant.parse("2026-11-01T10:11:12.345Z"), inode));
		assertThat(page.linked()).containsExactly("dumpfiles/link");
		assertThat(page.next()).isNull();
	}

	@Test
	void aListingIsOnePicture() throws SQLException {
		for (int i = 0; i < 1500; i++) {
			edge(this.shop, "f%04d".formatted(i), FILE, 1);
		}
		List<String> names = new ArrayList<>();
		try (ListingSource.Listing listing = this.listings.open("shop")) {
			ListingPage first = listing.next();
			first.entries().forEach((entry) -> names.add(entry.name()));
			edge(this.shop, "f1200-new", FILE, 1);
			execute("DELETE FROM jfs_edge WHERE name = X'" + hex("f1300") + "'");
			listing.next().entries().forEach((entry) -> names.add(entry.name()));
		}
		assertThat(names).hasSize(1500).contains("f1300").doesNotContain("f1200-new");
		assertThat(all("shop").stream().flatMap((page) -> page.entries().stream()).map(ObjectEntry::name))
			.contains("f1200-new")
			.doesNotContain("f1300");
	}

	@Test
	void aNameThatStandsForNothingIsNotListed() throws SQLException {
		edge(this.shop, "a", FILE, 1);
		execute("DELETE FROM jfs_node WHERE inode = " + edge(this.shop, "b", FILE, 1));
		assertThat(all("shop").get(0).entries()).extracting(ObjectEntry::name).containsExactly("a");
	}

	@Test
	void aFileIsCheckedAsItIsNow() throws SQLException {
		long inode = edge(this.shop, "a", FILE, 1);
		edge(this.shop, "link", LINK, 1);
		edge(this.shop, "directory", DIRECTORY, 0);
		execute("UPDATE jfs_node SET length = 7 WHERE inode = " + inode);
		assertThat(stat("a")).get().extracting(ObjectEntry::size).isEqualTo(7L);
		assertThat(List.of("gone", "link", "directory/", "directory", "a/b"))
			.allSatisfy((name) -> assertThat(stat(name)).as(name).isEmpty());
	}

	@Test
	void manyFilesAreCheckedTogether() throws SQLException {
		long directory = edge(this.shop, "d", DIRECTORY, 0);
		List<ObjectKey> keys = new ArrayList<>();
		for (int i = 0; i < 1200; i++) {
			edge(directory, "f" + i, FILE, i);
			keys.add(new ObjectKey("d/f" + i));
		}
		edge(directory, "link", LINK, 1);
		keys.add(new ObjectKey("d/link"));
		keys.add(new ObjectKey("d/gone"));
		keys.add(new ObjectKey("d/"));
		Map<ObjectKey, ObjectEntry> found = this.listings.stat("shop", keys);
		assertThat(found).hasSize(1200);
		long hard = edge(directory, "hard", FILE, 5);
		execute("INSERT INTO jfs_edge VALUES (" + directory + ", X'" + hex("hard2") + "', " + hard + ", 1)");
		assertThat(this.listings.stat("shop", List.of(new ObjectKey("d/hard"), new ObjectKey("d/hard2"))).values())
			.extracting(ObjectEntry::inode)
			.containsExactly(hard, hard);
		assertThat(found.get(new ObjectKey("d/f7")).size()).isEqualTo(7);
		assertThat(this.listings.stat("shop", List.of())).isEmpty();
		assertThat(this.listings.mayLag()).isFalse();
	}

	@Test
	void aCheckShowsWhatWasCommittedSinceTheOneBeforeAndSinceTheListing() throws SQLException {
		ObjectKey key = new ObjectKey("a");
		long inode = edge(this.shop, "a", FILE, 1);
		try (ListingSource.Listing listing = this.listings.open("shop")) {
			assertThat(this.listings.stat("shop", List.of(key)).get(key).size()).isEqualTo(1);
			execute("UPDATE jfs_node SET length = 2, mtime = mtime + 1000 WHERE inode = " + inode);
			assertThat(this.listings.stat("shop", List.of(key)).get(key))
				.isEqualTo(new ObjectEntry("a", 2, Instant.parse("2026-11-01T10:11:12.346Z"), inode));
			// Another file is renamed onto the name.
			long other = edge(this.shop, "b", FILE, 1);
			execute("DELETE FROM jfs_edge WHERE inode = " + inode);
			execute("UPDATE jfs_edge SET name = X'" + hex("a") + "' WHERE inode = " + other);
			assertThat(this.listings.stat("shop", List.of(key)).get(key).inode()).isEqualTo(other);
			assertThat(listing.next().entries()).isNotEmpty();
		}
	}

	@Test
	void aStatThatFailsOnItsWayGivesNoAnswer() throws SQLException {
		edge(this.shop, "a", FILE, 1);
		execute("ALTER TABLE jfs_node RENAME TO away");
		assertThatExceptionOfType(GatewayException.class)
			.isThrownBy(() -> this.listings.stat("shop", List.of(new ObjectKey("a"))));
		execute("ALTER TABLE away RENAME TO jfs_node");
		execute("DELETE FROM jfs_edge WHERE parent = 1");
		assertThatExceptionOfType(GatewayException.class)
			.isThrownBy(() -> this.listings.stat("shop", List.of(new ObjectKey("a"))));
	}

	@Test
	void aFileInTheTrashIsNotThere() throws SQLException {
		long inode = edge(this.shop, "a", FILE, 1);
		execute("UPDATE jfs_edge SET parent = " + 0x7FFFFFFF10000000L + ", name = X'"
				+ hex(this.shop + "-" + inode + "-a") + "' WHERE inode = " + inode);
		assertThat(stat("a")).isEmpty();
		assertThat(this.listings.stat("shop", List.of(new ObjectKey("a")))).isEmpty();
	}

	@Test
	void aDirectoryOrALinkInPlaceOfAFileOrOfItsDirectoryIsNoFile() throws SQLException {
		long directory = edge(this.shop, "d", DIRECTORY, 0);
		edge(directory, "a", FILE, 1);
		long victims = edge(1, "victims", DIRECTORY, 0);
		edge(victims, "a", FILE, 1);
		List<ObjectKey> keys = List.of(new ObjectKey("d/a"));
		assertThat(this.listings.stat("shop", keys)).hasSize(1);
		execute("UPDATE jfs_edge SET type = 2 WHERE parent = " + directory);
		assertThat(this.listings.stat("shop", keys)).isEmpty();
		execute("UPDATE jfs_edge SET type = 3 WHERE parent = " + directory);
		assertThat(this.listings.stat("shop", keys)).isEmpty();
		execute("UPDATE jfs_edge SET type = 1 WHERE parent = " + directory);
		execute("UPDATE jfs_edge SET type = 3, inode = " + victims + " WHERE inode = " + directory);
		assertThat(this.listings.stat("shop", keys)).isEmpty();
	}

	@Test
	void aVolumeThatIsNotThereIsRefused() {
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> this.listings.open("nothing"))
			.withMessageContaining("no directory of this name");
	}

	@Test
	void anotherShapeIsSaidInWords() throws SQLException {
		execute("ALTER TABLE jfs_node DROP COLUMN mtimensec");
		assertRefused("lacks columns of JuiceFS 1.2 to 1.4 in jfs_node (inode, length, mtime, mtimensec, atime)");
		execute("DROP TABLE jfs_node");
		assertRefused("has no table jfs_node");
		execute("DROP TABLE jfs_edge");
		assertRefused("has no table jfs_edge");
	}

	@Test
	void aDatabaseWithoutARootHoldsNoFileSystem() throws SQLException {
		execute("DELETE FROM jfs_node");
		assertRefused("holds no file system of JuiceFS");
	}

	@Test
	void timesAreThoseThatJuicefsShows() {
		assertThat(DirectoryEntry.lastModified(1_700_000_000_123_456L, 789))
			.isEqualTo(Instant.parse("2023-11-14T22:13:20.123Z"));
		assertThat(DirectoryEntry.lastModified(0, 0)).isEqualTo(Instant.EPOCH);
		assertThat(DirectoryEntry.lastModified(-2_000_000, 0)).isEqualTo(Instant.ofEpochSecond(-2));
		assertThat(DirectoryEntry.lastModified(Long.MAX_VALUE, 999)).isEqualTo(ObjectEntry.LATEST);
		assertThat(DirectoryEntry.lastModified(253_402_300_799_500_000L, 0))
			.isEqualTo(Instant.parse("9999-12-31T23:59:59.500Z"));
	}

	private java.util.Optional<ObjectEntry> stat(String name) {
		return this.listings.stat("shop", new ObjectKey(name));
	}

	private void assertRefused(String words) {
		assertThatExceptionOfType(GatewayException.class).isThrownBy(this.listings::volumes)
			.withMessageContainingAll("dumpkeeper.metadata.url", words);
	}

	private List<ListingPage> all(String volume) {
		List<ListingPage> pages = new ArrayList<>();
		try (ListingSource.Listing listing = this.listings.open(volume)) {
			do {
				pages.add(listing.next());
			}
			while (pages.get(pages.size() - 1).next() != null);
		}
		return pages;
	}

	private void execute(String sql) throws SQLException {
		this.connection.createStatement().execute(sql);
	}

	private static String hex(String text) {
		return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

	private long edge(long parent, String name, int type, long length) throws SQLException {
		try (PreparedStatement insert = this.connection.prepareStatement("INSERT INTO jfs_edge VALUES (?, ?, ?, ?)")) {
			insert.setLong(1, parent);
			insert.setBytes(2, name.getBytes(StandardCharsets.UTF_8));
			insert.setLong(3, ++this.inodes);
			insert.setInt(4, type);
			insert.executeUpdate();
		}
		node(this.inodes, length);
		return this.inodes;
	}

	private void node(long inode, long length) throws SQLException {
		execute("INSERT INTO jfs_node VALUES (" + inode + ", 0, " + length + ", "
				+ (OLD.getEpochSecond() * 1_000_000 + OLD.getNano() / 1000) + ", " + OLD.getNano() % 1000
				+ ", 1700000000000000)");
	}

}
