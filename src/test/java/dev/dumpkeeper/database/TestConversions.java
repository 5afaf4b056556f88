package dev.dumpkeeper.database;

import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;

/**
 * How values are stored, for tests of other rooms.
 */
public final class TestConversions {

	private TestConversions() {
	}

	/** The ones of the application. */
	public static JdbcCustomConversions jdbc() {
		return new DatabaseConfiguration().jdbcCustomConversions();
	}

}
