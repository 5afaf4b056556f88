package dev.dumpkeeper.metadata;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MetadataDatabase}: which servers are asked before a delete.
 */
class MetadataDatabaseTests {

	private final AtomicInteger rollbacks = new AtomicInteger();

	@ParameterizedTest
	@CsvSource({ "0, 0, false", "OFF, OFF, false", "1, 0, true", "0, 1, true", "ON, OFF, true", "OFF, ON, true",
			"READ_ONLY, OFF, true", "NO_LOCK_NO_ADMIN, OFF, true" })
	void aServerThatDoesNotTakeWritesIsAReplica(String readOnly, String innodbReadOnly, boolean replica)
			throws SQLException {
		assertThat(isReplica("jdbc:mysql://db/juicefs", null, readOnly, innodbReadOnly)).isEqualTo(replica);
		assertThat(this.rollbacks).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "f, false", "t, true" })
	void aServerInRecoveryIsAReplica(String inRecovery, boolean replica) throws SQLException {
		assertThat(isReplica("jdbc:postgresql://db/juicefs", null, inRecovery)).isEqualTo(replica);
	}

	@Test
	void aServerThatDoesNotSayIsTakenForAReplica() throws SQLException {
		assertThat(isReplica("jdbc:mysql://db/juicefs", null)).isTrue();
		assertThat(isReplica("jdbc:mysql://db/juicefs",
				new SQLException("Unknown system variable 'innodb_read_only'", "HY000", 1193)))
			.isTrue();
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> isReplica("jdbc:mysql://db/juicefs", new SQLException("gone", "08S01", 0)));
	}

	private boolean isReplica(String url, @Nullable SQLException failure, String... row) throws SQLException {
		ResultSetMetaData columns = fake(ResultSetMetaData.class, (proxy, method, arguments) -> row.length);
		ResultSet rows = fake(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
			case "next" -> row.length > 0;
			case "getMetaData" -> columns;
			case "getString" -> row[(int) arguments[0] - 1];
			default -> null;
		});
		Statement statement = fake(Statement.class, (proxy, method, arguments) -> {
			if (method.getName().equals("executeQuery") && failure != null) {
				throw failure;
			}
			return method.getName().equals("executeQuery") ? rows : null;
		});
		Connection connection = fake(Connection.class, (proxy, method, arguments) -> {
			this.rollbacks.addAndGet(method.getName().equals("rollback") ? 1 : 0);
			return method.getName().equals("createStatement") ? statement : null;
		});
		try (MetadataDatabase database = new MetadataDatabase(url, "u", "p")) {
			return database.isReplica(connection);
		}
	}

	private static <T> T fake(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

}
