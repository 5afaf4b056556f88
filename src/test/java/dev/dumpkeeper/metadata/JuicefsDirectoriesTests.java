package dev.dumpkeeper.metadata;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JuicefsDirectories}.
 */
class JuicefsDirectoriesTests {

	private static final int DIRECTORY = 2;

	private static final int LINK = 3;

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final MetadataDatabase database = new MetadataDatabase(this.url, "sa", "");

	private final JuicefsDirectories directories = new JuicefsDirectories(new JuicefsPaths(this.database));

	private Connection connection;

	@BeforeEach
	void create() throws SQLException {
		this.connection = DriverManager.getConnection(this.url, "sa", "");
		execute("CREATE TABLE jfs_edge (parent BIGINT NOT NULL, name VARBINARY(255) NOT NULL, inode BIGINT NOT NULL,"
				+ " type TINYINT NOT NULL, UNIQUE (parent, name))");
		execute("CREATE TABLE jfs_node (inode BIGINT PRIMARY KEY, mtime BIGINT NOT NULL, mtimensec SMALLINT NOT NULL)");
		edge(1, "cart", 10, DIRECTORY);
		edge(10, "dumpfiles", 11, DIRECTORY);
		edge(1, "shop", 20, DIRECTORY);
		edge(20, "dumpfiles", 21, DIRECTORY);
		edge(21, "pod", 22, DIRECTORY);
		edge(22, "day", 23, DIRECTORY);
	}

	@AfterEach
	void close() throws SQLException {
		this.database.close();
		this.connection.close();
	}

	@Test
	void atFirstEachVolumeWithSuchADirectoryHasChanged() throws SQLException {
		edge(1, "none", 30, DIRECTORY);
		edge(1, "linked", 40, DIRECTORY);
		edge(40, "dumpfiles", 21, LINK);
		assertThat(changed()).containsExactlyInAnyOrder("cart", "shop");
		assertThat(changed()).isEmpty();
	}

	@Test
	void aChangeIsReportedOnceHoweverDeepItIs() throws SQLException {
		changed();
		for (int inode : List.of(21, 22, 23)) {
			execute("UPDATE jfs_node SET mtimensec = mtimensec + 1 WHERE inode = " + inode);
			assertThat(changed()).as("%d", inode).containsExactly("shop");
			assertThat(changed()).isEmpty();
		}
		execute("UPDATE jfs_node SET mtime = mtime + 1 WHERE inode = 11");
		assertThat(changed()).containsExactly("cart");
		execute("UPDATE jfs_node SET mtime = mtime + 1 WHERE inode IN (10, 20)");
		assertThat(changed()).isEmpty();
	}

	@Test
	void aNewDirectoryIsWatchedAsWell() throws SQLException {
		changed();
		edge(11, "pod", 12, DIRECTORY);
		execute("UPDATE jfs_node SET mtime = mtime + 1 WHERE inode = 11");
		assertThat(changed()).containsExactly("cart");
		execute("UPDATE jfs_node SET mtime = mtime + 1 WHERE inode = 12");
		assertThat(changed()).containsExactly("cart");
	}

	@Test
	void aVolumeThatComesIsReportedAndOneThatGoesIsNot() throws SQLException {
		changed();
		execute("DELETE FROM jfs_edge WHERE inode = 11");
		assertThat(changed()).isEmpty();
		edge(10, "dumpfiles", 13, DIRECTORY);
		assertThat(changed()).containsExactly("cart");
	}

	@Test
	void whatAFailureHidIsReportedAfterIt() throws SQLException {
		changed();
		execute("UPDATE jfs_node SET mtime = mtime + 1 WHERE inode = 11");
		execute("ALTER TABLE jfs_edge RENAME TO away");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(this::changed);
		execute("ALTER TABLE away RENAME TO jfs_edge");
		assertThat(changed()).containsExactly("cart");
	}

	private Set<String> changed() {
		return this.directories.changed(List.of("cart", "shop", "none", "linked", "nothing"), List.of("dumpfiles"));
	}

	private void execute(String sql) throws SQLException {
		this.connection.createStatement().execute(sql);
	}

	private void edge(long parent, String name, long inode, int type) throws SQLException {
		execute("INSERT INTO jfs_edge VALUES (" + parent + ", X'"
				+ HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)) + "', " + inode + ", " + type + ")");
		execute("MERGE INTO jfs_node KEY (inode) VALUES (" + inode + ", 1000000, 0)");
	}

}
