package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathResolver.Reached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link JuicefsPaths} on a table like JuiceFS's.
 */
class JuicefsPathsTests {

	private static final int FILE = 1;

	private static final int DIRECTORY = 2;

	private static final int LINK = 3;

	private static final int PIPE = 4;

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final MetadataDatabase database = new MetadataDatabase(this.url, "sa", "");

	private final JuicefsPaths paths = new JuicefsPaths(this.database);

	private Connection connection;

	private long inodes = 1;

	@BeforeEach
	void create() throws SQLException {
		this.connection = DriverManager.getConnection(this.url, "sa", "");
		this.connection.createStatement()
			.execute(
					"CREATE TABLE jfs_edge (parent BIGINT NOT NULL, name VARBINARY(255) NOT NULL, inode BIGINT NOT NULL,"
							+ " type TINYINT NOT NULL, UNIQUE (parent, name))");
	}

	@AfterEach
	void close() throws SQLException {
		this.database.close();
		this.connection.close();
	}

	@Test
	void whatLiesInDirectoriesIsReachedDirectly() throws SQLException {
		long dumpfiles = edge(edge(1, "shop", DIRECTORY), "dumpfiles", DIRECTORY);
		edge(dumpfiles, "a.hprof", FILE);
		edge(edge(dumpfiles, "pod-1", DIRECTORY), "b.hprof", FILE);
		assertThat(this.paths.resolve("shop", List.of("dumpfiles/", "dumpfiles/a.hprof", "dumpfiles/pod-1/b.hprof")))
			.hasSize(3)
			.allSatisfy((name, reached) -> assertThat(reached).as(name).isEqualTo(Reached.DIRECTLY));
	}

	@Test
	void whatLiesBehindALinkAtAnyDepthIsReachedByIt() throws SQLException {
		long shop = edge(1, "shop", DIRECTORY);
		edge(shop, "linked", LINK);
		long dumpfiles = edge(shop, "dumpfiles", DIRECTORY);
		edge(dumpfiles, "x.hprof", LINK);
		edge(edge(dumpfiles, "pod", DIRECTORY), "deep", LINK);
		assertThat(this.paths.resolve("shop",
				List.of("linked/", "linked/a.hprof", "dumpfiles/x.hprof", "dumpfiles/pod/deep/er/a.hprof")))
			.hasSize(4)
			.allSatisfy((name, reached) -> assertThat(reached).as(name).isEqualTo(Reached.BY_LINK));
	}

	@Test
	void whatIsNoRegularFileIsNotReachedDirectly() throws SQLException {
		long shop = edge(1, "shop", DIRECTORY);
		edge(shop, "pipe.hprof", PIPE);
		edge(shop, "a", DIRECTORY);
		edge(shop, "b", FILE);
		assertThat(this.paths.resolve("shop", List.of("pipe.hprof", "a", "b/"))).hasSize(3)
			.allSatisfy((name, reached) -> assertThat(reached).as(name).isEqualTo(Reached.BY_LINK));
	}

	@Test
	void whatIsNotThereIsNotReachedAtAll() throws SQLException {
		edge(edge(1, "shop", DIRECTORY), "file", FILE);
		assertThat(this.paths.resolve("shop", List.of("nothing", "no/thing", "file/below"))).hasSize(3)
			.allSatisfy((name, reached) -> assertThat(reached).as(name).isEqualTo(Reached.NOT_AT_ALL));
	}

	@Test
	void ownersOfFilesAreCompared() throws SQLException {
		long dumpfiles = edge(edge(1, "shop", DIRECTORY), "dumpfiles", DIRECTORY);
		long dump = edge(dumpfiles, "a", FILE);
		long own = edge(dumpfiles, "a.event", FILE);
		long forged = edge(dumpfiles, "b.event", FILE);
		edge(dumpfiles, "l.event", LINK);
		// No table, no answer: some logins may not read it.
		assertThat(haveOneOwner("a", "b.event")).isTrue();
		this.connection.createStatement()
			.execute("CREATE TABLE jfs_node AS SELECT inode, CASE WHEN inode = " + forged
					+ " THEN 2000 ELSE 1000 END AS uid FROM jfs_edge");
		assertThat(haveOneOwner("a", "a.event")).isTrue();
		assertThat(haveOneOwner("a", "b.event")).isFalse();
		assertThat(haveOneOwner("a", "gone")).isTrue();
		assertThat(haveOneOwner("a", "l.event")).isTrue();
		assertThat(List.of(dump, own, forged)).doesNotHaveDuplicates();
	}

	private boolean haveOneOwner(String one, String other) {
		return this.paths.haveOneOwner("shop", new ObjectKey("dumpfiles/" + one), new ObjectKey("dumpfiles/" + other));
	}

	@Test
	void namesAreComparedByTheirBytes() throws SQLException {
		long shop = edge(1, "shop", DIRECTORY);
		edge(shop, "a", FILE);
		edge(shop, "\u00fc \ud83d\ude00'\"", FILE);
		assertThat(this.paths.resolve("shop", List.of("A", "a ", "u\u0308 \ud83d\ude00'\"")))
			.allSatisfy((name, reached) -> assertThat(reached).as(name).isEqualTo(Reached.NOT_AT_ALL));
		assertThat(this.paths.resolve("shop", List.of("\u00fc \ud83d\ude00'\""))).containsValue(Reached.DIRECTLY);
	}

	@Test
	void manyNamesInManyDirectoriesAreResolvedAtOnce() throws SQLException {
		long dumpfiles = edge(edge(1, "shop", DIRECTORY), "dumpfiles", DIRECTORY);
		List<String> names = new ArrayList<>();
		for (int i = 0; i < 700; i++) {
			edge(edge(dumpfiles, "pod-" + i, DIRECTORY), "java_pid1.hprof", (i % 2 == 0) ? FILE : LINK);
			names.add("dumpfiles/pod-" + i + "/java_pid1.hprof");
		}
		assertThat(this.paths.resolve("shop", names)).hasSize(700)
			.allSatisfy((name, reached) -> assertThat(reached)
				.isEqualTo((Integer.parseInt(name.replaceAll("\\D*(\\d+)/.*", "$1")) % 2 == 0) ? Reached.DIRECTLY
						: Reached.BY_LINK));
	}

	@Test
	void aVolumeThatIsNotThereIsAnotherFileSystems() {
		assertThatThrownBy(() -> this.paths.resolve("shop", List.of("dumpfiles/a.hprof")))
			.isInstanceOf(GatewayException.class)
			.hasMessageContainingAll("dumpkeeper.metadata.url", "another file system", "--subdir");
	}

	@Test
	void anotherSchemaIsSaidInWords() throws SQLException {
		this.connection.createStatement().execute("DROP TABLE jfs_edge");
		assertThatThrownBy(() -> this.paths.resolve("shop", List.of("a"))).isInstanceOf(GatewayException.class)
			.hasMessageContainingAll("dumpkeeper.metadata.url", "jfs_edge");
	}

	@Test
	void aDatabaseThatIsAwayIsSaidWithoutItsAddress() {
		try (MetadataDatabase away = new MetadataDatabase("jdbc:h2:file:/nowhere/at/all;IFEXISTS=TRUE;PASSWORD=hunter2",
				"sa", "")) {
			assertThatThrownBy(() -> new JuicefsPaths(away).resolve("shop", List.of("a")))
				.isInstanceOf(GatewayException.class)
				.hasMessageContaining("cannot be reached or read")
				.hasNoCause()
				.message()
				.doesNotContain("hunter2", "nowhere");
		}
	}

	private long edge(long parent, String name, int type) throws SQLException {
		try (PreparedStatement insert = this.connection.prepareStatement("INSERT INTO jfs_edge VALUES (?, ?, ?, ?)")) {
			insert.setLong(1, parent);
			insert.setBytes(2, name.getBytes(StandardCharsets.UTF_8));
			insert.setLong(3, ++this.inodes);
			insert.setInt(4, type);
			insert.executeUpdate();
		}
		return this.inodes;
	}

}
