package dev.dumpkeeper.metadata;

import java.sql.SQLException;
import java.util.List;

/**
 * Reads the entries of a directory in pages.
 */
@FunctionalInterface
interface DirectoryReader {

	/**
	 * Reads the next page.
	 * @param directory its inode
	 * @param after the name after which the page begins, empty for the first
	 * @param limit the maximum number of names
	 * @return names in the order of their bytes; fewer than {@code limit} only at the end
	 */
	Page read(long directory, byte[] after, int limit) throws SQLException;

	/**
	 * A page of entries.
	 *
	 * @param entries in the order of the bytes of their names
	 * @param next the name after which the next page begins
	 * @param last whether there is no further page
	 */
	record Page(List<DirectoryEntry> entries, byte[] next, boolean last) {

	}

}
